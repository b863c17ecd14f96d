// Generated from action/main.ts by `npm run action`: change that, not this file.
import{createRequire as __at1Require}from'node:module';const require=__at1Require(import.meta.url);
var __create=Object.create;var __defProp=Object.defineProperty;var __getOwnPropDesc=Object.getOwnPropertyDescriptor;var __getOwnPropNames=Object.getOwnPropertyNames;var __getProtoOf=Object.getPrototypeOf,__hasOwnProp=Object.prototype.hasOwnProperty;var __require=(x2=>typeof require<"u"?require:typeof Proxy<"u"?new Proxy(x2,{get:(a,b)=>(typeof require<"u"?require:a)[b]}):
x2)(function(x2){if(typeof require<"u")return require.apply(this,arguments);throw Error('Dynamic require of "'+x2+'" is \
not supported')});var __esm=(fn,res,err3)=>function(){if(err3)throw err3[0];try{return fn&&(res=(0,fn[__getOwnPropNames(fn)[0]])(fn=0)),res}catch(e){
throw err3=[e],e}};var __commonJS=(cb,mod2)=>function(){try{return mod2||(0,cb[__getOwnPropNames(cb)[0]])((mod2={exports:{}}).exports,mod2),
mod2.exports}catch(e){throw mod2=0,e}};var __export=(target,all)=>{for(var name in all)__defProp(target,name,{get:all[name],enumerable:!0})},__copyProps=(to,from,except,desc)=>{
if(from&&typeof from=="object"||typeof from=="function")for(let key of __getOwnPropNames(from))!__hasOwnProp.call(to,key)&&
key!==except&&__defProp(to,key,{get:()=>from[key],enumerable:!(desc=__getOwnPropDesc(from,key))||desc.enumerable});return to};var __toESM=(mod2,isNodeMode,target)=>(target=mod2!=null?__create(__getProtoOf(mod2)):{},__copyProps(isNodeMode||!mod2||
!mod2.__esModule?__defProp(target,"default",{value:mod2,enumerable:!0}):target,mod2));function unreachable(value){throw new TypeError(`unreachable: ${JSON.stringify(value)}`)}async function orNothing(work){
try{return await work()}catch(error){if(error instanceof At1Error)return;throw error}}var At1Error,init_errors=__esm({"s\
rc/errors.ts"(){"use strict";At1Error=class extends Error{code;hint;facts;constructor(code2,details){super(details.message,
details.cause===void 0?void 0:{cause:details.cause}),this.name="At1Error",this.code=code2,this.hint=details.hint,this.facts=
details.facts??{}}}}});function onInterrupt(listener){return listeners.add(listener),()=>listeners.delete(listener)}async function uninterrupted(work){
underWay++;try{return await work()}finally{if(underWay--,underWay===0){isVisible=!1;let ends=end;end=void 0,ends?.()}}}function refuseWhenInterrupted(kind){
if(!(end===void 0||isVisible||takesBack>0||!FORWARD.has(kind)))throw Object.assign(new Error("EINTR: interrupted"),{code:"\
EINTR"})}var FORWARD,underWay,takesBack,isVisible,end,listeners,init_interrupt=__esm({"src/files/interrupt.ts"(){"use st\
rict";FORWARD=new Set(["create","open","write","rename","link","mkdir"]),underWay=0,takesBack=0,isVisible=!1,listeners=new Set}});function encodeVarint(value){let rest=BigInt(value);if(rest<0n||rest>=1n<<64n)throw new RangeError(`varint out of range:\
 ${value}`);let out=[];for(;rest>=0x80n;)out.push(Number(rest&0x7fn)|128),rest>>=7n;return out.push(Number(rest)),Uint8Array.
from(out)}function concatBytes(parts,allocate=length=>new Uint8Array(length)){let length=0;for(let part of parts)length+=
part.length;let out=allocate(length),at2=0;for(let part of parts)out.set(part,at2),at2+=part.length;return out}var ByteWriter,
init_writer=__esm({"src/bytes/writer.ts"(){"use strict";ByteWriter=class{#parts=[];#length=0;get length(){return this.#length}bytes(part){
return this.#parts.push(part),this.#length+=part.length,this}u8(value){return this.bytes(Uint8Array.of(value))}u32be(value){
let b=new Uint8Array(4);return new DataView(b.buffer).setUint32(0,value,!1),this.bytes(b)}varint(value){return this.bytes(
encodeVarint(value))}finish(allocate){return concatBytes(this.#parts,allocate)}}}});function isSystemError(error,...codes){let code2=systemCode(error);return code2!==void 0&&codes.includes(code2)}function systemCode(error){
if(!(!(error instanceof Error)||!("code"in error)||typeof error.code!="string"))return error.code}function hasNoLinks(error){
return isSystemError(error,"EPERM","ENOTSUP","EOPNOTSUPP","ENOSYS","EMLINK")}function noProgress(){return Object.assign(
new Error("EIO: no progress, write"),{code:"EIO"})}var init_system_error=__esm({"src/files/system-error.ts"(){"use stric\
t"}});async function attempt(doing,path,run){try{return await run()}catch(error){throw ioError(doing,path,error)}}function ioError(doing,path,error){
let system=systemCode(error);if(error instanceof At1Error||system===void 0||!(error instanceof Error))return error;let facts={
path,system},verb=doing==="read"?"read":"write",{code:code2,why,hint}=explain(doing,path,system);return new At1Error(code2,
{message:`cannot ${verb} '${path}': ${why}`,hint,facts,cause:error})}function explain(doing,path,system){return system===
"ELOOP"?{code:"io/unsafe-path",why:"it is a symbolic link",hint:`replace '${path}' by a plain file or folder`}:doing==="\
write"&&FULL.has(system)?{code:"io/full",why:`no room (${system})`,hint:`free space or raise the limit for '${path}', th\
en run it again`}:system==="EFBIG"?{code:"io/failed",why:"it is far too large",hint:`see what '${path}' is: nothing of g\
it or at1 grows so large`}:DENIED.has(system)?{code:doing==="write"?"io/read-only":"io/failed",why:`not allowed (${system}\
)`,hint:`check the owner and the permissions of '${path}'`}:{code:"io/failed",why:system,hint:`check '${path}' and the d\
isk it is on, then run it again`}}var FULL,DENIED,init_io_error=__esm({"src/files/io-error.ts"(){"use strict";init_errors();
init_system_error();FULL=new Set(["ENOSPC","EDQUOT","EFBIG"]),DENIED=new Set(["EROFS","EACCES","EPERM"])}});function change(what,act){return refuseWhenInterrupted(what.kind),interceptor===void 0?act():interceptor(what,act)}var interceptor,
init_change=__esm({"src/files/change.ts"(){"use strict";init_interrupt()}});import{constants,existsSync,chmodSync as nodeChmodSync,openSync as nodeOpenSync,renameSync as nodeRenameSync,rmSync}from"node:fs";
import*as fs from"node:fs/promises";import{dirname}from"node:path";import{closeSync,constants as constants2,createReadStream,
existsSync as existsSync2,fstatSync,lstatSync,readdirSync,readlinkSync,readSync,realpathSync,statSync}from"node:fs";async function open2(path,flags,mode=438){
let real2=async()=>new FileHandle(path,await fs.open(path,flags,mode));return flags==="wx"?change({kind:"create",path,mode},
real2):flags==="r"||(flags&TO_WRITE)===0?real2():(flags&constants.O_EXCL)!==0?change({kind:"create",path,mode},real2):change(
{kind:"open",path,append:(flags&constants.O_APPEND)!==0},real2)}function openSync(path){return nodeOpenSync(path,TO_READ)}
async function rename2(from,path){return change({kind:"rename",from,path},()=>fs.rename(from,path))}async function link2(from,path){
return change({kind:"link",from,path},()=>fs.link(from,path))}async function unlink2(path){return change({kind:"unlink",
path},()=>fs.unlink(path))}async function mkdir2(path,options={}){let{mode=511}=options,make=()=>change({kind:"mkdir",path},
()=>fs.mkdir(path,{mode}));if(options.recursive!==!0)return await make(),path;if(existsSync(path)){await fs.mkdir(path,{
recursive:!0});return}let parent=dirname(path),first=parent===path?void 0:await mkdir2(parent,options);try{await make()}catch(error){
if(!isSystemError(error,"EEXIST"))throw error;return await fs.mkdir(path,{recursive:!0}),first}return first??path}async function rmdir2(path){
return change({kind:"rmdir",path},()=>fs.rmdir(path))}var TO_READ,TO_WRITE,FileHandle,init_node_fs=__esm({"src/files/nod\
e-fs.ts"(){"use strict";init_writer();init_change();init_system_error();TO_READ=constants.O_RDONLY|(constants.O_NONBLOCK??
0),TO_WRITE=constants.O_WRONLY|constants.O_RDWR,FileHandle=class{path;#handle;constructor(path,handle){this.path=path,this.#handle=
handle}read(buffer,offset,length,position){return this.#handle.read(buffer,offset,length,position)}async stat(options){return options===
void 0?this.#handle.stat():this.#handle.stat(options)}async write(data2,position=null){return change({kind:"write",path:this.
path,data:data2,position},async(limit=data2.length)=>(await this.#handle.write(data2,0,limit,position)).bytesWritten)}async writev(parts){
let what={kind:"write",path:this.path,position:null,get data(){return concatBytes(parts)}};return change(what,async limit=>limit===
void 0?(await this.#handle.writev(parts)).bytesWritten:(await this.#handle.write(concatBytes(parts),0,limit)).bytesWritten)}async writeAll(data2,position=null){
for(let done=0;done<data2.length;){let at2=position===null?null:position+done,written=await this.write(data2.subarray(done),
at2);if(written<=0)throw noProgress();done+=written}}async truncate(length){return change({kind:"truncate",path:this.path,
length},()=>this.#handle.truncate(length))}async sync(){return change({kind:"sync",path:this.path},()=>this.#handle.sync())}close(){
return this.#handle.close()}}}});function utf8(text){if(text.length>SHORT)return encoder.encode(text);let out=new Uint8Array(text.length);for(let i2=0;i2<
out.length;i2++){let code2=text.charCodeAt(i2);if(code2>127)return encoder.encode(text);out[i2]=code2}return out}function fromUtf8(bytes){
try{return strictDecoder.decode(bytes)}catch(cause){throw new At1Error("document/not-utf8",{message:"text is not valid U\
TF-8",cause})}}function fromLatin1(bytes){let text="";for(let i2=0;i2<bytes.length;i2+=8192)text+=String.fromCharCode.apply(
void 0,bytes.subarray(i2,i2+8192));return text}function toHex(bytes){let text="";for(let byte of bytes)text+=HEX[byte];return text}
function fromHex(text){if(text.length%2!==0)return;let out=new Uint8Array(text.length/2);for(let i2=0;i2<out.length;i2++){
let high=nibble(text.charCodeAt(2*i2)),low=nibble(text.charCodeAt(2*i2+1));if(high<0||low<0)return;out[i2]=high*16+low}return out}
function nibble(code2){return code2>=48&&code2<=57?code2-48:code2>=97&&code2<=102?code2-87:-1}function toBase64(bytes){let binary="";
for(let byte of bytes)binary+=String.fromCharCode(byte);return btoa(binary)}function fromBase64(text){if(text.length%4!==
0)return;let padding=text.endsWith("==")?2:text.endsWith("=")?1:0,out=new Uint8Array(text.length/4*3-padding),bits2=0,at2=0;
for(let i2=0;i2<text.length-padding;i2++){let value=BASE64_VALUES[text.charCodeAt(i2)]??-1;if(value<0)return;bits2=(bits2<<
6|value)&16777215,i2%4!==0&&(out[at2++]=bits2>>6-2*(i2%4))}return(padding===2?bits2&15:padding===1?bits2&3:0)===0?out:void 0}
function equalBytes(a,b){if(a.length!==b.length)return!1;let i2=0;if(a.byteOffset%4===0&&b.byteOffset%4===0){let words=a.
length>>>2,[x2,y]=[new Int32Array(a.buffer,a.byteOffset,words),new Int32Array(b.buffer,b.byteOffset,words)];for(let fours=words-
3;i2<fours;i2+=4){let first=x2[i2]^y[i2]|x2[i2+1]^y[i2+1],second=x2[i2+2]^y[i2+2]|x2[i2+3]^y[i2+3];if((first|second)!==0)
return!1}i2*=4}for(;i2<a.length;i2++)if(a[i2]!==b[i2])return!1;return!0}function compareBytes(a,b){let shared=Math.min(a.
length,b.length);for(let i2=0;i2<shared;i2++){let difference=a[i2]-b[i2];if(difference!==0)return difference}return a.length-
b.length}function compareText(a,b){if(a===b)return 0;let shared=Math.min(a.length,b.length);for(let i2=0;i2<shared;i2++){
let x2=a.charCodeAt(i2),y=b.charCodeAt(i2);if(x2!==y)return x2>=55296||y>=55296?compareBytes(utf8(a),utf8(b)):x2-y}return a.
length-b.length}var encoder,strictDecoder,SHORT,HEX,BASE64,BASE64_VALUES,init_text=__esm({"src/bytes/text.ts"(){"use str\
ict";init_errors();encoder=new TextEncoder,strictDecoder=new TextDecoder("utf-8",{fatal:!0,ignoreBOM:!0}),SHORT=64;HEX=Array.
from({length:256},(_,i2)=>i2.toString(16).padStart(2,"0"));BASE64="ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0\
123456789+/",BASE64_VALUES=Int8Array.from({length:128},(_,code2)=>BASE64.indexOf(String.fromCharCode(code2)))}});function isValidRefName(name){if(new RegExp("\\p{Surrogate}","u").test(name)||name.endsWith(".")||name.includes("..")||name.
includes("@{"))return!1;let parts=name.split("/");return parts.length>=2&&parts.every(isValidPart)}function isValidPart(part){
if(part===""||part.startsWith(".")||part.endsWith(".lock"))return!1;for(let i2=0;i2<part.length;i2++){let code2=part.charCodeAt(
i2);if(code2<=32||code2===127||"~^:?*[\\".includes(part.charAt(i2)))return!1}return!0}var init_ref_name=__esm({"src/git-\
format/ref-name.ts"(){"use strict"}});import{closeSync as closeSync2,fstatSync as fstatSync2,readFileSync as readAllSync,readSync as readSync2}from"node:fs";function readFileSync(path,encoding){
let file=openSync(path);try{if(tellsSize(path,fstatSync2(file)))return encoding===void 0?readAllSync(file):readAllSync(file,
encoding);let bytes=readUntold(path,file);return encoding===void 0?bytes:decoder.decode(bytes)}finally{closeSync2(file)}}
function tellsSize(path,stats){if(stats.size>LIMIT)throw tooLarge(path,`${stats.size} bytes`);return stats.isFile()&&stats.
size>0}function readUntold(path,file){let chunk=new Uint8Array(65536),parts=[],length=0;for(let count2=readSync2(file,chunk);count2>
0;count2=readSync2(file,chunk)){if(length+=count2,length>LIMIT_UNTOLD)throw tooLarge(path,`more than ${LIMIT_UNTOLD} byt\
es, how many it does not tell,`);parts.push(chunk.slice(0,count2))}return concatBytes(parts)}function tooLarge(path,size){
let message=`EFBIG: ${size} are more than is read at once, read '${path}'`;return Object.assign(new Error(message),{code:"\
EFBIG",syscall:"read",path})}var LIMIT,LIMIT_UNTOLD,decoder,init_read_whole=__esm({"src/files/read-whole.ts"(){"use stri\
ct";init_writer();init_node_fs();LIMIT=512*1024*1024,LIMIT_UNTOLD=16*1024*1024,decoder=new TextDecoder("utf-8",{ignoreBOM:!0})}});import{createHash,randomBytes}from"node:crypto";import{hostname}from"node:os";import{kill,pid as ownPid}from"node:process";
function ownIdentity(){return self??={pid:ownPid,host:hostname(),started:processOf(ownPid)?.started??null,bootId:asked(()=>readFileSync(
"/proc/sys/kernel/random/boot_id","utf8").trim()),pidSpace:asked(()=>readlinkSync("/proc/self/ns/pid"))},self}function processMark(){
if(ownPrefix===void 0){let{pid,started}=ownIdentity();ownPrefix=`${pid}-${started??"x"}-${thisMachine()}-`}return ownPrefix+
toHex(nextRandom())}function nextRandom(){drawn.length<MARK_BYTES&&(drawn=randomBytes(MARKS_DRAWN*MARK_BYTES));let own=drawn.
subarray(0,MARK_BYTES);return drawn=drawn.subarray(MARK_BYTES),own}function thisMachine(){return ownMachine??=machineOf(
ownIdentity()),ownMachine}function machineOf({host,bootId,pidSpace}){let short=text=>text===null?"x":createHash("sha256").
update(text).digest("hex").slice(0,12);return`${short(host)}-${short(bootId)}-${short(pidSpace)}`}function processOf(pid){
let line=asked(()=>readFileSync(`/proc/${pid}/stat`,"utf8")),fields=line?.slice(line.lastIndexOf(")")+2).split(" ")??[],
[state,started]=[fields[0],fields[19]];return state===void 0||started===void 0?void 0:{state,started}}function asked(read4){
try{return read4()}catch(error){if(systemCode(error)===void 0)throw error;return null}}var TEMP_PREFIX,MARK_BYTES,MARKS_DRAWN,
drawn,self,ownPrefix,ownMachine,init_process_mark=__esm({"src/files/process-mark.ts"(){"use strict";init_text();init_node_fs();
init_read_whole();init_system_error();TEMP_PREFIX=".at1-tmp-",MARK_BYTES=8,MARKS_DRAWN=64,drawn=new Uint8Array(0)}});async function syncDirectory(path){await syncReadOnly(path)}async function syncReadOnly(path){try{let handle=await open2(
path,constants2.O_RDONLY);try{await handle.sync()}finally{await handle.close()}}catch(error){if(!isSystemError(error,...CANNOT_SYNC))
throw error}}var CANNOT_SYNC,init_durable_file=__esm({"src/files/durable-file.ts"(){"use strict";init_node_fs();init_system_error();
CANNOT_SYNC=["EINVAL","EISDIR","EPERM","EACCES","EBADF","ENOTSUP","ENOSYS"]}});function isOid(text){if(text.length!==40)return!1;for(let i2=0;i2<40;i2++){let c=text.charCodeAt(i2);if(!(c>=48&&c<=57||
c>=97&&c<=102))return!1}return!0}function parseOid(text){if(!isOid(text))throw new At1Error("git/invalid-object",{message:`\
not an object id: '${text.slice(0,80)}'`});return text}function isDamage(error){return error instanceof At1Error&&error.
facts.damaged===!0}function oidFromBytes(bytes){if(bytes.length!==20)throw new RangeError(`an object id has 20 bytes, no\
t ${bytes.length}`);return toHex(bytes)}function oidToBytes(oid){return fromHex(oid)}function isObjectType(text){return text===
"commit"||text==="tree"||text==="blob"||text==="tag"}function objectHeader(type,size){return utf8(`${type} ${size}\0`)}var init_oid=__esm(
{"src/git-format/oid.ts"(){"use strict";init_text();init_errors()}});function packedRefsReader(path){let stamp="",current=EMPTY;return()=>{let stat=statSync(path,{bigint:!0,throwIfNoEntry:!1}),
now=stat===void 0?"none":`${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`;return now===stamp||(current=stat===
void 0?EMPTY:parsePackedRefs(readIfThere(path)),stamp=now),current}}function readIfThere(path){try{return readFileSync(path,
"utf8")}catch(error){if(error.code==="ENOENT")return"";throw error}}function parsePackedRefs(text){let refs=new Map,problems=[],
header,fullyPeeled=!1,last2;for(let at2=0;at2<text.length;){let isFirst=at2===0,newline=text.indexOf(`
`,at2),line=text.slice(at2,newline<0?text.length:newline);if(at2=newline<0?text.length:newline+1,newline<0){problems.push(
{name:line,problem:"packed-refs ends in the middle of a line"});continue}if(line.startsWith("#")){if(!line.startsWith("#\
 pack-refs with:"))continue;if(!isFirst){problems.push({name:line,problem:"packed-refs has a header behind its first lin\
e"});continue}header=line,fullyPeeled=line.split(" ").includes("fully-peeled");continue}let known2=last2===void 0?void 0:
refs.get(last2);if(line.startsWith("^")){let peeled=line.slice(1);last2!==void 0&&known2!==void 0&&isOid(peeled)?refs.set(
last2,{oid:known2.oid,peeled}):problems.push({name:last2??line,problem:"packed-refs has a stray peeled line"});continue}
let oid=line.slice(0,40),name=line.slice(41);if(!isOid(oid)||line[40]!==" "||!isValidRefName(name)){problems.push({name:name===
""?line:name,problem:"packed-refs has a line that is no ref"}),last2=void 0;continue}refs.set(name,{oid,peeled:fullyPeeled?
"none":void 0}),last2=name}return{header,refs,problems}}var PACKED_REFS_HINT,EMPTY,init_packed_refs=__esm({"src/git/pack\
ed-refs.ts"(){"use strict";init_node_fs();init_read_whole();init_oid();init_ref_name();PACKED_REFS_HINT="take the bad li\
nes out of .git/packed-refs (or move it away), then git fetch --tags; .git/logs says where branches were",EMPTY={header:void 0,
refs:new Map,problems:[]}}});function globMatches(pattern,path,ignoreCase){let fold=ignoreCase?foldCase:c=>c,units=Array.from({length:path.length},(_,i2)=>fold(
path[i2])),reached=[!0,...units.map(()=>!1)],last2="";for(let part of pattern.split(/(\*\*\/|\*\*|\*|\?)/))if(part!==""&&
!(part.startsWith("*")&&(part===last2||last2==="**"))){if(last2=part,part.startsWith("*")){reached=afterStars(part,units,
reached);continue}for(let c of part==="?"?[void 0]:part.split("")){let wanted=c===void 0?void 0:fold(c);if(reached=[!1,...units.
map((unit,i2)=>reached[i2]===!0&&(wanted===void 0?unit!=="/":unit===wanted))],!reached.includes(!0))return!1}}return reached.
at(-1)===!0}function afterStars(stars,units,before){let after=[...before],within3=!1;for(let[i2,unit]of units.entries())
within3||=before[i2]===!0,stars==="*"&&unit==="/"&&(within3=!1),within3&&(stars!=="**/"||unit==="/")&&(after[i2+1]=!0);return after}
function foldCase(c){let upper=c.toUpperCase();return upper.length===1&&(upper>=""||c<"")?upper:c}var init_glob=__esm(
{"src/git/glob.ts"(){"use strict"}});import{dirname as dirname2,resolve}from"node:path";function makeConfig(entries){let values=new Map;for(let{name,value}of entries){
let list2=values.get(name);list2===void 0?values.set(name,[value??"true"]):list2.push(value??"true")}let all=name=>values.
get(canonicalName(name))??[];return{entries,all,get:name=>all(name).at(-1),boolean:name=>{let value=all(name).at(-1);return value===
void 0?void 0:parseBoolean(name,value)},subsections:section2=>{let found=new Set;for(let{name}of entries){let[first,last2]=[
name.indexOf("."),name.lastIndexOf(".")];first<last2&&name.slice(0,first)===section2&&found.add(name.slice(first+1,last2))}
return[...found]}}}function canonicalName(name){let[first,last2]=[name.indexOf("."),name.lastIndexOf(".")];return name.slice(
0,first).toLowerCase()+name.slice(first,last2)+name.slice(last2).toLowerCase()}function parseBoolean(name,value){let text=value.
toLowerCase();if(["true","yes","on"].includes(text)||/^[+-]?0*[1-9]\d*$/.test(text))return!0;if(["false","no","off",""].
includes(text)||/^[+-]?0+$/.test(text))return!1;throw new At1Error("git/unsupported",{message:`the git setting ${name} i\
s not a boolean`,facts:{name,value}})}function readConfigFile(path,context,depth=0){let text=readText(path);if(text===void 0)
return[];let entries=[];for(let entry2 of parseConfig(text,path)){if(entries.push(entry2),entry2.value===void 0||!includes(
entry2.name,path,context))continue;if(depth>=INCLUDE_DEPTH)throw new At1Error("git/unsupported",{message:"git config fil\
es include each other too deeply",facts:{path}});let target=expandHome(entry2.value,context.home);target!==void 0&&entries.
push(...readConfigFile(resolve(dirname2(path),target),context,depth+1))}return entries}function readText(path){try{let bytes=readFileSync(
path);if(bytes.length>SIZE_LIMIT)throw new At1Error("git/unsupported",{message:"a git config file is too large"});return new TextDecoder(
"utf-8",{ignoreBOM:!0}).decode(bytes)}catch(error){let code2=error.code;if(code2==="ENOENT"||code2==="ENOTDIR")return;throw error instanceof
At1Error?error:new At1Error("io/failed",{message:`cannot read the git config file ${path}`,facts:{path},cause:error})}}function includes(name,path,context){
if(name==="include.path")return!0;let condition=/^includeif\.gitdir(\/i)?:(.*)\.path$/s.exec(name);if(condition===null||
context.gitDir===void 0)return!1;let pattern=expandHome(condition[2],context.home);return pattern===void 0?!1:(pattern.startsWith(
"./")?pattern=resolve(dirname2(path))+pattern.slice(1):pattern.startsWith("/")||(pattern=`**/${pattern}`),pattern.endsWith(
"/")&&(pattern+="**"),globMatches(pattern,context.gitDir,condition[1]!==void 0))}function expandHome(path,home){return path!==
"~"&&!path.startsWith("~/")?path:home===void 0?void 0:home+path.slice(1)}function parseConfig(text,path){let entries=[],
source=text.startsWith("\uFEFF")?text.slice(1):text,at2=0,section2,fail6=()=>{let line=source.slice(0,at2).split(`
`).length;throw new At1Error("git/unsupported",{message:`the git config file ${path} has an error in line ${line}`,facts:{
path,line},hint:"see `git config --list` for what git makes of it"})},take2=pattern=>{pattern.lastIndex=at2;let match=pattern.
exec(source);if(match!==null)return at2+=match[0].length,match[0]};for(at2=source.indexOf("\0"),at2>=0&&fail6(),at2=0;;){
if(take2(BLANK),at2>=source.length)return entries;if(take2(/[#;][^\n]*/y)!==void 0)continue;if(source[at2]==="["){section2=
takeSection();continue}let key=take2(/[A-Za-z][A-Za-z0-9-]*/y)?.toLowerCase();if(key===void 0)return fail6();take2(/[ \t]*/y);
let value=source[at2]==="="?takeValue():void 0;value===void 0&&at2<source.length&&take2(/\r?\n/y)===void 0&&fail6(),entries.
push({name:section2===void 0?key:`${section2}.${key}`,value})}function takeSection(){at2++;let name=take2(/[A-Za-z0-9.-]+/y)?.
toLowerCase();if(name===void 0)return fail6();let sub="";if(take2(/[ \t]+"/y)!==void 0){let quoted=take2(/(?:[^"\\\n]|\\[^\n])*(?=")/y);
if(quoted===void 0)return fail6();at2++,sub=`.${quoted.replace(/\\(.)/gs,"$1")}`}return take2(/\]/y)===void 0?fail6():name+
sub}function takeValue(){at2++,take2(/[ \t]*/y);let value="",pending2="",quoted=!1;for(;;){let c=source[at2];if(c===void 0||
c===`
`||c==="\r"&&source[at2+1]===`
`)return quoted?fail6():value;if(at2++,!quoted&&(c==="#"||c===";"))return take2(/[^\n]*/y),value;if(!quoted&&(c===" "||c===
"	"||c==="\r")){value!==""&&(pending2+=c);continue}value+=pending2,pending2="",c==='"'?quoted=!quoted:c==="\\"?value+=takeEscape():
value+=c}}function takeEscape(){let c=source[at2++];return c===`
`||c===void 0?"":c==="\r"&&source[at2]===`
`?(at2++,""):{n:`
`,t:"	",b:"\b",'"':'"',"\\":"\\"}[c]??fail6()}}var INCLUDE_DEPTH,SIZE_LIMIT,BLANK,init_config=__esm({"src/git/config.ts"(){
"use strict";init_errors();init_read_whole();init_glob();INCLUDE_DEPTH=10,SIZE_LIMIT=16*1024*1024,BLANK=/[ \t\r\n]*/y}});import{basename,dirname as dirname3,join,resolve as resolve2}from"node:path";async function openRepository(dir,options={}){
let place2=findPlace(resolve2(dir)),context={home:options.home,gitDir:place2.gitDir},local=readConfigFile(join(place2.commonDir,
"config"),context),localConfig=makeConfig(local);refuseUnsupported(place2,localConfig);let worktreeEntries=localConfig.boolean(
"extensions.worktreeConfig")===!0?readConfigFile(join(place2.gitDir,"config.worktree"),context):[],config=makeConfig([...outsideConfig(
options,place2.gitDir),...local,...worktreeEntries]),ownConfig=makeConfig([...isLinked(place2)?[]:local,...worktreeEntries]),
workTree=findWorkTree(place2,ownConfig);return{gitDir:place2.gitDir,commonDir:place2.commonDir,workTree,bare:workTree===
void 0,shallow:readShallow(place2.commonDir),partial:isPartial(localConfig),config,lentObjects:(options.lentObjects??[]).
map(folder=>resolve2(place2.gitDir,folder)),lazyFetch:options.lazyFetch===!0,git:options.git===void 0?void 0:{path:options.
git,environment:options.environment??{}}}}function outsideConfig(options,gitDir){let{home,systemConfig}=options,context={
home,gitDir},xdg=options.xdgConfigHome??(home===void 0?void 0:join(home,".config"));return[...systemConfig===void 0?[]:readConfigFile(
systemConfig,context),...xdg===void 0?[]:readConfigFile(join(xdg,"git","config"),context),...home===void 0?[]:readConfigFile(
join(home,".gitconfig"),context)]}function findPlace(start2){for(let dir=start2;;dir=dirname3(dir)){let dotGit=join(dir,
".git"),target=gitFileTarget(dotGit)??dotGit;if(isGitDir(target))return{gitDir:real(target),commonDir:real(commonDirOf(target)),
holder:dir};if(isGitDir(dir))return{gitDir:real(dir),commonDir:real(commonDirOf(dir)),holder:void 0};if(target!==dotGit)
throw new At1Error("git/not-a-repository",{message:`${dotGit} names a git folder that is not there`,facts:{path:dotGit,target},
hint:"for a moved working tree: `git worktree repair`"});if(dirname3(dir)===dir)throw new At1Error("git/not-a-repository",
{message:`no git repository in ${start2} or above it`,facts:{path:start2},hint:"make one with `git init`"})}}function gitFileTarget(path){
let text=readSmall(path);if(text!==void 0){if(!text.startsWith("gitdir: "))throw new At1Error("git/not-a-repository",{message:`${path}\
 is not a git file`,facts:{path}});return resolve2(dirname3(path),text.slice(8).replace(/[\r\n]+$/,""))}}function commonDirOf(gitDir){
let text=readSmall(join(gitDir,"commondir"));return text===void 0?gitDir:resolve2(gitDir,text.replace(/[\r\n]+$/,""))}function isGitDir(path){
let head=readSmall(join(path,"HEAD"));if(head===void 0)return!1;let common=commonDirOf(path);if(!isFolder2(join(common,"\
objects"))||!isFolder2(join(common,"refs")))return!1;if(head.startsWith("ref:")||isOid(head.slice(0,40))||/^[0-9a-f]{64}/.
test(head))return!0;if(!isFile(join(common,"config")))return!1;let file=join(path,"HEAD");throw new At1Error("git/ref-in\
valid",{message:`${file} ${head.trim()===""?"is empty":"holds neither an object id nor a name"}`,facts:{name:"HEAD",path:file},
hint:HEAD_HINT})}function isLinked(place2){return place2.gitDir!==place2.commonDir}function findWorkTree(place2,own){if(isLinked(
place2)){if(place2.holder!==void 0)return place2.holder;let back=readSmall(join(place2.gitDir,"gitdir"));return back===void 0?
void 0:dirname3(resolve2(place2.gitDir,back.replace(/[\r\n]+$/,"")))}let bare=own.boolean("core.bare"),stated=own.get("c\
ore.worktree");if(bare!==!0)return stated!==void 0?resolve2(place2.gitDir,stated):place2.holder!==void 0?place2.holder:basename(
place2.gitDir)===".git"?dirname3(place2.gitDir):void 0}function refuseUnsupported(place2,config){let path=place2.commonDir,
refuse4=(feature,hint)=>{throw new At1Error("git/unsupported",{message:`the repository uses ${feature}, which at1 does n\
ot support`,facts:{feature,path},hint})},format=config.get("extensions.objectFormat")?.toLowerCase()??"sha1";format!=="s\
ha1"&&refuse4(`object format ${format}`,"use a repository made with `git init --object-format=sha1`");let refs=config.get(
"extensions.refStorage")?.toLowerCase()??"files";refs!=="files"&&refuse4(`ref storage ${refs}`,"convert it with `git ref\
s migrate --ref-format=files`");let version=config.get("core.repositoryFormatVersion")??"0";version!=="0"&&version!=="1"&&
refuse4(`repository format version ${version}`,"use a newer at1");for(let{name}of version==="1"?config.entries:[]){if(!name.
startsWith("extensions."))continue;let extension=name.slice(11);KNOWN_EXTENSIONS.has(extension)||["objectformat","refsto\
rage"].includes(extension)||refuse4(`extension ${extension}`,"use a newer at1, or a clone without the extension")}readSmall(
join(path,"info","grafts"))?.split(`
`).some(line=>/^[0-9a-f]/.test(line))&&refuse4("grafts","make the history real with `git replace --convert-graft-file` a\
nd `git filter-repo`, or remove info/grafts")}function readShallow(commonDir){let lines3=readSmall(join(commonDir,"shall\
ow"))?.split(`
`)??[];return new Set(lines3.filter(isOid))}function isPartial(config){return config.get("extensions.partialClone")!==void 0?
!0:config.subsections("remote").some(name=>config.boolean(`remote.${name}.promisor`)===!0)}function readSmall(path){try{
return readFileSync(path,"utf8")}catch(error){let code2=error.code;if(code2==="ENOENT"||code2==="ENOTDIR"||code2==="EISD\
IR")return;throw new At1Error("io/failed",{message:`cannot read ${path}`,facts:{path},cause:error})}}function isFile(path){
return statSync(path,{throwIfNoEntry:!1})?.isFile()??!1}function isFolder2(path){return statSync(path,{throwIfNoEntry:!1})?.
isDirectory()??!1}function real(path){return realpathSync(path)}var KNOWN_EXTENSIONS,HEAD_HINT,init_repository=__esm({"s\
rc/git/repository.ts"(){"use strict";init_errors();init_node_fs();init_read_whole();init_oid();init_config();KNOWN_EXTENSIONS=
new Set(["noop","partialclone","preciousobjects","worktreeconfig","relativeworktrees"]),HEAD_HINT='write the branch you \
were on into it: echo "ref: refs/heads/main" > .git/HEAD'}});import{join as join2}from"node:path";function*filesBelow(root,folder){let entries;try{entries=readdirSync(join2(root,folder),
{withFileTypes:!0})}catch(error){let code2=error.code;if(code2==="ENOENT"||code2==="ENOTDIR")return;throw error}for(let entry2 of entries){
let name=`${folder}/${entry2.name}`;entry2.isDirectory()?yield*filesBelow(root,name):name.endsWith(".lock")||(yield name)}}
function isReadableName(name){return/^[A-Z][A-Z_]*$/.test(name)||name.startsWith("refs/")&&isValidRefName(name)}function mapThrough(spec,ref){
let colon=spec.indexOf(":");if(colon<0||spec.startsWith("^"))return;let source=spec.slice(spec.startsWith("+")?1:0,colon),
target=spec.slice(colon+1),star=source.indexOf("*");if(star<0)return source===ref?target:void 0;let[head,tail]=[source.slice(
0,star),source.slice(star+1)];if(!(ref.length<head.length+tail.length||!ref.startsWith(head)||!ref.endsWith(tail)))return target.
replace("*",()=>ref.slice(head.length,ref.length-tail.length))}function refInvalid(name,problem,cause){return new At1Error(
"git/ref-invalid",{message:`the ref '${name}' ${problem}`,facts:{name,problem},hint:name==="HEAD"?HEAD_HINT:void 0,cause})}
var SYMBOLIC_DEPTH,PER_WORKTREE,Refs,init_refs=__esm({"src/git/refs.ts"(){"use strict";init_text();init_errors();init_node_fs();
init_read_whole();init_oid();init_ref_name();init_packed_refs();init_repository();SYMBOLIC_DEPTH=5,PER_WORKTREE=["refs/b\
isect/","refs/worktree/","refs/rewritten/"],Refs=class{#repository;#packed;constructor(repository){this.#repository=repository,
this.#packed=packedRefsReader(join2(repository.commonDir,"packed-refs"))}head(){let value=this.#value("HEAD");if(value===
void 0)throw refInvalid("HEAD","is missing");if(value.kind==="oid")return{ref:void 0,oid:value.oid};let end2=this.#follow(
"HEAD"),[damage]=end2.value===void 0?this.packedProblems():[];if(damage!==void 0)throw new At1Error("git/ref-invalid",{message:`\
the ref '${end2.name}' is not found, and ${damage.problem}`,facts:{name:end2.name,problem:damage.problem},hint:PACKED_REFS_HINT});
return{ref:end2.name,oid:end2.value?.oid}}resolve(name){if(!isReadableName(name))throw refInvalid(name,"is not a name gi\
t allows");return this.#follow(name).value?.oid}symbolicTarget(name){if(!isReadableName(name))throw refInvalid(name,"is \
not a name git allows");let value=this.#value(name);return value?.kind==="symbolic"?value.target:void 0}movedBy(name){return isReadableName(
name)?this.#follow(name).name:name}packedProblems(){return this.#packed().problems}list(prefix="refs/"){return this.listAll(
prefix).refs}listAll(prefix="refs/"){let problems=[],loose=new Set;for(let name of this.#looseNames(prefix))isValidRefName(
name)?loose.add(name):problems.push({name,problem:"is not a name git allows"});let packed=this.#packed(),names=new Set(loose);
for(let name of packed.refs.keys())name.startsWith(prefix)&&names.add(name);problems.push(...packed.problems.filter(({name})=>name.
startsWith(prefix)||!name.startsWith("refs/")));let refs=[];for(let name of[...names].sort(compareText))try{let{value}=this.#follow(
name,loose.has(name)?void 0:packed);value!==void 0?refs.push({name,oid:value.oid,peeled:value.peeled}):this.#looseText(name)!==
void 0&&problems.push({name,problem:"points to a ref that is not there"})}catch(error){if(!(error instanceof At1Error))throw error;
problems.push({name,problem:String(error.facts.problem??error.message)})}return{refs,problems}}upstreamOf(branch){let{config}=this.#repository,
remote=config.get(`branch.${branch}.remote`),remoteRef=config.get(`branch.${branch}.merge`);if(!(remote===void 0||remoteRef===
void 0)){if(remote===".")return{remote,ref:remoteRef,remoteRef};for(let spec of config.all(`remote.${remote}.fetch`)){let ref=mapThrough(
spec,remoteRef);if(ref!==void 0&&isValidRefName(ref))return{remote,ref,remoteRef}}}}#follow(name,packed){let current=name;
for(let depth=0;depth<=SYMBOLIC_DEPTH;depth++){let value=this.#value(current,packed);if(value?.kind!=="symbolic")return{
name:current,value};current=value.target}throw refInvalid(name,"is a chain of symbolic refs without end")}#value(name,packed){
let text=this.#looseText(name);if(text===void 0){let found=(packed??this.#packed()).refs.get(name);return found===void 0?
void 0:{kind:"oid",oid:found.oid,peeled:found.peeled==="none"?found.oid:found.peeled}}if(text.startsWith("ref:")){let target=text.
slice(4).trim();if(!isValidRefName(target))throw refInvalid(name,`points to '${target}', which is not a name git allows`);
return{kind:"symbolic",target}}let oid=text.slice(0,40);if(!isOid(oid)||!/^\s|^$/.test(text.slice(40,41)))throw refInvalid(
name,"holds neither an object id nor a name");return{kind:"oid",oid,peeled:void 0}}#looseText(name){let path=join2(this.#folderOf(
name),name);try{if(lstatSync(path).isSymbolicLink()){let target=readlinkSync(path);if(target.startsWith("refs/")&&isValidRefName(
target))return`ref: ${target}`}return readFileSync(path,"utf8")}catch(error){let code2=error.code;if(code2==="ENOENT"||code2===
"ENOTDIR"||code2==="EISDIR")return;throw refInvalid(name,`cannot be read: ${code2}`,error)}}#folderOf(name){return!name.
startsWith("refs/")||PER_WORKTREE.some(prefix=>name.startsWith(prefix))?this.#repository.gitDir:this.#repository.commonDir}*#looseNames(prefix){
let{gitDir,commonDir}=this.#repository;if(!prefix.startsWith("refs/")||!isValidRefName(`${prefix}x`))throw refInvalid(prefix,
"is not a prefix of refs");let folder=prefix.slice(0,prefix.lastIndexOf("/"));for(let root of new Set([commonDir,gitDir]))
for(let name of filesBelow(root,folder))name.startsWith(prefix)&&this.#folderOf(name)===root&&(yield name)}}}});var kernel_wasm_exports={};__export(kernel_wasm_exports,{KERNEL_WASM:()=>KERNEL_WASM});var KERNEL_WASM,init_kernel_wasm=__esm(
{"src/transforms/generated/kernel-wasm.ts"(){"use strict";KERNEL_WASM="AGFzbQEAAAABHwZgAn9/AGAAAGACf38Bf2ABfwBgAX8Bf2ADf\
39/AX8DGxoAAQEDBAIAAAAAAAAAAAAAAAAAAAMEAgEFAgUEAQELCwZaDX8AQYCACAt/AEGAgAQLfwBBgIAQC38AQYCAHAt/AEGAgCgLfwBBgIQoC38AQYCgK\
At/AEGA4CgLfwBBgIAkC38AQYCAKwt/AEGAoCsLfwBBgOArC38BQQALB6kDKAdhZGxlcjMyABkEcm9sbAAYCXN0YXJ0SGFzaAAXDWRlY29kZUh1ZmZtYW4AF\
g1lbmNvZGVIdWZmbWFuABULZmluZFJlcGVhdHMAFARCQVNFAwIFQ09ERVMDCQZDT1VOVFMDBghERUNPRElORwMKC0ZSRVFVRU5DSUVTAwQER0VBUgMHBUlOU\
FVUAwEGT1VUUFVUAwMFUElFQ0UDAAdSRVBFQVRTAwsGU1RBVEVTAwUJV09SRFNfRU5EAwgJYmFja3dhcmQxABMJYmFja3dhcmQyABIJYmFja3dhcmQ0ABEJY\
mFja3dhcmQ4ABAIZm9yd2FyZDEADwhmb3J3YXJkMgAOCGZvcndhcmQ0AA0IZm9yd2FyZDgADAZtZXJnZTEAAAZtZXJnZTIACwZtZXJnZTQACgZtZXJnZTgAC\
QZzcGxpdDEAAAZzcGxpdDIACAZzcGxpdDQABwZzcGxpdDgABgZkZWNvZGUABQZlbmNvZGUABAloaXN0b2dyYW0AAw5wcmVwYXJlRGVjb2RlcgACDnByZXBhc\
mVFbmNvZGVyAAEGbWVtb3J5AgAKwkIaEABBgIAcQYCABCAA/AoAAAtwAgR/AX4DQCAAQYACSQRAIABBAXRBgIAoai8BACIBBEAgAEEFdEGAwCpqIgIgAa0iB\
EL///////8DfCAEgDcDACACIAFBFHQ2AgggAiADNgIMIAJBgCAgAWs2AhALIAEgA2ohAyAAQQFqIQAMAQsLC2sBBX8DQCAAQYACSQRAIABBAXRBgIAoai8BA\
CEDQQAhAQNAIAEgA0kEQCACQQJ0QYCAKWoiBCADOwEAIAQgATsBAiACQYCAKmogADoAACACQQFqIQIgAUEBaiEBDAELCyAAQQFqIQAMAQsLC6EDAQV/QYCgK\
EEAQYAg/AsAIABBeHFBgIAEaiECQYCABCEBA0AgASACSQRAIAEoAgQhAyABKAIAIgRB/wFxQQJ0QYCgKGoiBSAFKAIAQQFqNgIAIARBCHZB/wFxQQJ0QYCoK\
GoiBSAFKAIAQQFqNgIAIARBEHZB/wFxQQJ0QYCwKGoiBSAFKAIAQQFqNgIAIARBGHZBAnRBgLgoaiIEIAQoAgBBAWo2AgAgA0H/AXFBAnRBgKAoaiIEIAQoA\
gBBAWo2AgAgA0EIdkH/AXFBAnRBgKgoaiIEIAQoAgBBAWo2AgAgA0EQdkH/AXFBAnRBgLAoaiIEIAQoAgBBAWo2AgAgA0EYdkECdEGAuChqIgMgAygCAEEBa\
jYCACABQQhqIQEMAQsLIABBgIAEaiEAA0AgACABSwRAIAEtAABBAnRBgKAoaiICIAIoAgBBAWo2AgAgAUEBaiEBDAELC0GAoCghAANAIABBgKgoSQRAIAAgA\
P0ABAAgAP0ABIAI/a4BIAD9AASAECAA/QAEgBj9rgH9rgH9CwQAIABBEGohAAwBCwsL1wUBCH9BgIAkIQFBgIAEIQQgAEF8cUGAgARqIQUgAEEDcSIAQQJLB\
H8gBS0AAkEFdEGAwCpqIQJB/v8jQQA7AQBB/v8jQYCAJCACKAIIQYCABE0iAxshASACKAIMIAIoAhAgAikDAEEBQYCABCADGyICrX5CLIinbGogAmoFQYCAB\
AshAiAAQQFLBH8gBS0AAUEFdEGAwCpqIQMgAUECayIGQQA7AQAgBiABIAMoAghBgIAETSIGGyEBIAMoAgwgAygCECADKQMAQQFBgIAEIAYbIgOtfkIsiKdsa\
iADagVBgIAECyEDIAAEfyAFLQAAQQV0QYDAKmohACABQQJrIgZBADsBACAGIAEgACgCCEGAgARNIgYbIQEgACgCDCAAKAIQIAApAwBBAUGAgAQgBhsiAK1+Q\
iyIp2xqIABqBUGAgAQLIQADQCAFQYCABEsEQCAFQQRrIgUoAgAiBkEYdkEFdEGAwCpqIQcgAUECayIIIAQ7AQAgCCABIAQgBygCCE8iARshCCAHKAIMIAcoA\
hAgBykDACAEQRB2IAQgARsiAa1+QiyIp2xqIAFqIQQgCEECayIBIAI7AQAgASAIIAIgBkEQdkH/AXFBBXRBgMAqaiIBKAIITyIHGyEIIAEoAgwgASgCECABK\
QMAIAJBEHYgAiAHGyIBrX5CLIinbGogAWohAiAIQQJrIgEgAzsBACABIAggAyAGQQh2Qf8BcUEFdEGAwCpqIgEoAghPIgcbIQggASgCDCABKAIQIAEpAwAgA\
0EQdiADIAcbIgGtfkIsiKdsaiABaiEDIAhBAmsiASAAOwEAIAEgCCAAIAZB/wFxQQV0QYDAKmoiBigCCE8iBxshASAGKAIMIAYoAhAgBikDACAAQRB2IAAgB\
xsiAK1+QiyIp2xqIABqIQAMAQsLQYCEKCAANgIAQYSEKCADNgIAQYiEKCACNgIAQYyEKCAENgIAIAELiwUBEH9BhIQoKAIAIgNBgIAESUGAhCgoAgAiBEGAg\
ARJckGIhCgoAgAiBUGAgARJckGMhCgoAgAiB0GAgARJcgRAQQAPC0GAgAQhAkGAgBwhBiAAQXxxQYCAHGohDgNAIAYgDkkEQCAEQf8fcSIJQQJ0QYCAKWoiC\
i8BAiAKLwEAIARBDHZsaiIEQYCABEkhCiADQf8fcSILQQJ0QYCAKWoiDC8BAiAMLwEAIANBDHZsaiIDQYCABEkhDCAFQf8fcSIPQQJ0QYCAKWoiDS8BAiANL\
wEAIAVBDHZsaiIFQYCABEkhDSAHQf8fcSIQQQJ0QYCAKWoiES8BAiARLwEAIAdBDHZsaiIHQYCABEkhESACLwEAIARBEHRyIAQgChshBCACIApBAXRqIgIvA\
QAgA0EQdHIgAyAMGyEDIAIgDEEBdGoiAi8BACAFQRB0ciAFIA0bIQUgAiANQQF0aiICLwEAIAdBEHRyIAcgERshByACIBFBAXRqIQIgBiAJQYCAKmotAAA6A\
AAgBiALQYCAKmotAAA6AAEgBiAPQYCAKmotAAA6AAIgBiAQQYCAKmotAAA6AAMgBkEEaiEGDAELCyAAQQNxIQkDQCAIIAlIBEAgAyAFIAhBAUYbIAQgCBsiA\
EH/H3EiCkECdEGAgClqIgsvAQIgCy8BACAAQQx2bGoiAEGAgARJBEAgAi8BACAAQRB0ciEAIAJBAmohAgsgCARAIAhBAUYEQCAAIQMFIAAhBQsFIAAhBAsgB\
iAKQYCAKmotAAA6AAAgBkEBaiEGIAhBAWohCAwBCwsgBEGAgARzIANBgIAEc3IgBUGAgARzciAHQYCABHNyBH9BAAUgAiABQQF0QYCABGpGCwvNBQIGfw57I\
ABBgIAcaiEFQYCABCEAQYCAHCECA0AgAiAFSQRAIAIgAP0ABAAiCiAA/QAEECIL/Q0AAgQGCAoMDhASFBYYGhweIg8gAP0ABCAiDCAA/QAEMCIN/Q0AAgQGC\
AoMDhASFBYYGhweIg79DQACBAYICgwOEBIUFhgaHB4iECAA/QAEQCIRIAD9AARQIhL9DQACBAYICgwOEBIUFhgaHB4iEyAA/QAEYCIUIAD9AARwIgj9DQACB\
AYICgwOEBIUFhgaHB4iFf0NAAIEBggKDA4QEhQWGBocHiIJ/Q0AAgQGCAoMDhASFBYYGhwe/QsEACABQQF0IgMgAmogDyAO/Q0BAwUHCQsNDxETFRcZGx0fI\
g4gEyAV/Q0BAwUHCQsNDxETFRcZGx0fIg/9DQACBAYICgwOEBIUFhgaHB79CwQAIANBAXQiBiACaiAQIAn9DQEDBQcJCw0PERMVFxkbHR/9CwQAIANBA2wiB\
yACaiAOIA/9DQEDBQcJCw0PERMVFxkbHR/9CwQAIAEgAmoiBCAKIAv9DQEDBQcJCw0PERMVFxkbHR8iCSAMIA39DQEDBQcJCw0PERMVFxkbHR8iCv0NAAIEB\
ggKDA4QEhQWGBocHiILIBEgEv0NAQMFBwkLDQ8RExUXGRsdHyIMIBQgCP0NAQMFBwkLDQ8RExUXGRsdHyII/Q0AAgQGCAoMDhASFBYYGhweIg39DQACBAYIC\
gwOEBIUFhgaHB79CwQAIAMgBGogCSAK/Q0BAwUHCQsNDxETFRcZGx0fIgkgDCAI/Q0BAwUHCQsNDxETFRcZGx0fIgj9DQACBAYICgwOEBIUFhgaHB79CwQAI\
AQgBmogCyAN/Q0BAwUHCQsNDxETFRcZGx0f/QsEACAEIAdqIAkgCP0NAQMFBwkLDQ8RExUXGRsdH/0LBAAgAEGAAWohACACQRBqIQIMAQsLC6UCAgJ/BnsgA\
EGAgBxqIQNBgIAEIQJBgIAcIQADQCAAIANJBEAgACAC/QAEACIIIAL9AAQQIgf9DQACBAYICgwOEBIUFhgaHB4iBCAC/QAEICIJIAL9AAQwIgX9DQACBAYIC\
gwOEBIUFhgaHB4iBv0NAAIEBggKDA4QEhQWGBocHv0LBAAgACABaiAIIAf9DQEDBQcJCw0PERMVFxkbHR8iByAJIAX9DQEDBQcJCw0PERMVFxkbHR8iBf0NA\
AIEBggKDA4QEhQWGBocHv0LBAAgACABQQF0aiAEIAb9DQEDBQcJCw0PERMVFxkbHR/9CwQAIAAgAUEDbGogByAF/Q0BAwUHCQsNDxETFRcZGx0f/QsEACACQ\
UBrIQIgAEEQaiEADAELCwt9AgJ/AnsgAEGAgBxqIQNBgIAEIQJBgIAcIQADQCAAIANJBEAgACAC/QAEACIEIAL9AAQQIgX9DQACBAYICgwOEBIUFhgaHB79C\
wQAIAAgAWogBCAF/Q0BAwUHCQsNDxETFRcZGx0f/QsEACACQSBqIQIgAEEQaiEADAELCwvTBQIDfw57IABBgIAEaiEEQYCAHCECQYCABCEAA0AgACAESQRAI\
AIgAP0ABAAiByAAIAFBAnRq/QAEACII/Q0AEAERAhIDEwQUBRUGFgcXIgkgACABQQF0av0ABAAiCiAAIAFBBmxq/QAEACIL/Q0AEAERAhIDEwQUBRUGFgcXI\
gz9DQAQARECEgMTBBQFFQYWBxciDSAAIAFq/QAEACIOIAAgAUEFbGr9AAQAIg/9DQAQARECEgMTBBQFFQYWBxciECAAIAFBA2xq/QAEACIRIAAgAUEHbGr9A\
AQAIgX9DQAQARECEgMTBBQFFQYWBxciEv0NABABEQISAxMEFAUVBhYHFyIG/Q0AEAERAhIDEwQUBRUGFgcX/QsEACACIA0gBv0NCBgJGQoaCxsMHA0dDh4PH\
/0LBBAgAiAJIAz9DQgYCRkKGgsbDBwNHQ4eDx8iBiAQIBL9DQgYCRkKGgsbDBwNHQ4eDx8iCf0NABABEQISAxMEFAUVBhYHF/0LBCAgAiAGIAn9DQgYCRkKG\
gsbDBwNHQ4eDx/9CwQwIAJBQGsiAyAHIAj9DQgYCRkKGgsbDBwNHQ4eDx8iBiAKIAv9DQgYCRkKGgsbDBwNHQ4eDx8iB/0NABABEQISAxMEFAUVBhYHFyIII\
A4gD/0NCBgJGQoaCxsMHA0dDh4PHyIJIBEgBf0NCBgJGQoaCxsMHA0dDh4PHyIF/Q0AEAERAhIDEwQUBRUGFgcXIgr9DQAQARECEgMTBBQFFQYWBxf9CwQAI\
AMgCCAK/Q0IGAkZChoLGwwcDR0OHg8f/QsEECADIAYgB/0NCBgJGQoaCxsMHA0dDh4PHyIGIAkgBf0NCBgJGQoaCxsMHA0dDh4PHyIF/Q0AEAERAhIDEwQUB\
RUGFgcX/QsEICADIAYgBf0NCBgJGQoaCxsMHA0dDh4PH/0LBDAgAkGAAWohAiAAQRBqIQAMAQsLC6UCAgJ/BnsgAEGAgARqIQNBgIAcIQJBgIAEIQADQCAAI\
ANJBEAgAiAA/QAEACIGIAAgAUEBdGr9AAQAIgf9DQAQARECEgMTBBQFFQYWBxciCCAAIAFq/QAEACIJIAAgAUEDbGr9AAQAIgT9DQAQARECEgMTBBQFFQYWB\
xciBf0NABABEQISAxMEFAUVBhYHF/0LBAAgAiAIIAX9DQgYCRkKGgsbDBwNHQ4eDx/9CwQQIAIgBiAH/Q0IGAkZChoLGwwcDR0OHg8fIgUgCSAE/Q0IGAkZC\
hoLGwwcDR0OHg8fIgT9DQAQARECEgMTBBQFFQYWBxf9CwQgIAIgBSAE/Q0IGAkZChoLGwwcDR0OHg8f/QsEMCACQUBrIQIgAEEQaiEADAELCwt9AgJ/AnsgA\
EGAgARqIQNBgIAcIQJBgIAEIQADQCAAIANJBEAgAiAA/QAEACIEIAAgAWr9AAQAIgX9DQAQARECEgMTBBQFFQYWBxf9CwQAIAIgBCAF/Q0IGAkZChoLGwwcD\
R0OHg8f/QsEECACQSBqIQIgAEEQaiEADAELCwvnAQICewF/AkAgAUGAgARqIQQgAEEBRgRAQYCABCEAA0AgACAESQRAIAAgAP0ABAAiAkEB/csBIAJBP/3NA\
f1Q/QsEACAAQRBqIQAMAQsLDAELQYCABCEBA0AgASAESQRAIAH9AAQAIQMgAUGAgAxq/QAEACECIAEgAEEDRgR7IAIgAkE//cwB/QwAAAAAAAAAgAAAAAAAA\
ACA/VD9USECIAMgA0E//cwB/QwAAAAAAAAAgAAAAAAAAACA/VD9UQUgAwsgAv3RASICQQH9ywEgAkE//cwB/VH9CwQAIAFBEGohAQwBCwsLC+cBAgJ7AX8CQ\
CABQYCABGohBCAAQQFGBEBBgIAEIQADQCAAIARJBEAgACAA/QAEACICQQH9qwEgAkEf/a0B/VD9CwQAIABBEGohAAwBCwsMAQtBgIAEIQEDQCABIARJBEAgA\
f0ABAAhAyABQYCADGr9AAQAIQIgASAAQQNGBHsgAiACQR/9rAH9DAAAAIAAAACAAAAAgAAAAID9UP1RIQIgAyADQR/9rAH9DAAAAIAAAACAAAAAgAAAAID9U\
P1RBSADCyAC/bEBIgJBAf2rASACQR/9rAH9Uf0LBAAgAUEQaiEBDAELCwsL5wECAnsBfwJAIAFBgIAEaiEEIABBAUYEQEGAgAQhAANAIAAgBEkEQCAAIAD9A\
AQAIgJBAf2LASACQQ/9jQH9UP0LBAAgAEEQaiEADAELCwwBC0GAgAQhAQNAIAEgBEkEQCAB/QAEACEDIAFBgIAMav0ABAAhAiABIABBA0YEeyACIAJBD/2MA\
f0MAIAAgACAAIAAgACAAIAAgP1Q/VEhAiADIANBD/2MAf0MAIAAgACAAIAAgACAAIAAgP1Q/VEFIAMLIAL9kQEiAkEB/YsBIAJBD/2MAf1R/QsEACABQRBqI\
QEMAQsLCwvgAQICewF/AkAgAUGAgARqIQQgAEEBRgRAQYCABCEAA0AgACAESQRAIAAgAP0ABAAiAkEB/WsgAkEH/W39UP0LBAAgAEEQaiEADAELCwwBC0GAg\
AQhAQNAIAEgBEkEQCAB/QAEACEDIAFBgIAMav0ABAAhAiABIABBA0YEeyACIAJBB/1s/QyAgICAgICAgICAgICAgICA/VD9USECIAMgA0EH/Wz9DICAgICAg\
ICAgICAgICAgID9UP1RBSADCyAC/XEiAkEB/WsgAkEH/Wz9Uf0LBAAgAUEQaiEBDAELCwsL/gECAnsBfwJAIAFBgIAcaiEEIABBAUYEQEGAgBwhAANAIAAgB\
EkEQCAAIAD9AAQAIgJBAf3NASACQT/9ywH9UP0LBAAgAEEQaiEADAELCwwBC0GAgBwhAQNAIAEgBEkEQCABQYCADGv9AAQAIQIgAf0ABAAiA0EB/c0BIAP9D\
AEAAAAAAAAAAQAAAAAAAAD9Tv3BAf1RIQMgASAAQQNGBHsgAyACIAJBP/3MAf0MAAAAAAAAAIAAAAAAAAAAgP1Q/VH9zgEiAiACQT/9zAH9Tf0MAAAAAAAAA\
IAAAAAAAAAAgP1Q/VEFIAMgAv3OAQv9CwQAIAFBEGohAQwBCwsLC/4BAgJ7AX8CQCABQYCAHGohBCAAQQFGBEBBgIAcIQADQCAAIARJBEAgACAA/QAEACICQ\
QH9rQEgAkEf/asB/VD9CwQAIABBEGohAAwBCwsMAQtBgIAcIQEDQCABIARJBEAgAUGAgAxr/QAEACECIAH9AAQAIgNBAf2tASAD/QwBAAAAAQAAAAEAAAABA\
AAA/U79oQH9USEDIAEgAEEDRgR7IAMgAiACQR/9rAH9DAAAAIAAAACAAAAAgAAAAID9UP1R/a4BIgIgAkEf/awB/U39DAAAAIAAAACAAAAAgAAAAID9UP1RB\
SADIAL9rgEL/QsEACABQRBqIQEMAQsLCwv+AQICewF/AkAgAUGAgBxqIQQgAEEBRgRAQYCAHCEAA0AgACAESQRAIAAgAP0ABAAiAkEB/Y0BIAJBD/2LAf1Q/\
QsEACAAQRBqIQAMAQsLDAELQYCAHCEBA0AgASAESQRAIAFBgIAMa/0ABAAhAiAB/QAEACIDQQH9jQEgA/0MAQABAAEAAQABAAEAAQABAP1O/YEB/VEhAyABI\
ABBA0YEeyADIAIgAkEP/YwB/QwAgACAAIAAgACAAIAAgACA/VD9Uf2OASICIAJBD/2MAf1N/QwAgACAAIAAgACAAIAAgACA/VD9UQUgAyAC/Y4BC/0LBAAgA\
UEQaiEBDAELCwsL9gECAnsBfwJAIAFBgIAcaiEEIABBAUYEQEGAgBwhAANAIAAgBEkEQCAAIAD9AAQAIgJBAf1tIAJBB/1r/VD9CwQAIABBEGohAAwBCwsMA\
QtBgIAcIQEDQCABIARJBEAgAUGAgAxr/QAEACECIAH9AAQAIgNBAf1tIAP9DAEBAQEBAQEBAQEBAQEBAQH9Tv1h/VEhAyABIABBA0YEeyADIAIgAkEH/Wz9D\
ICAgICAgICAgICAgICAgID9UP1R/W4iAiACQQf9bP1N/QyAgICAgICAgICAgICAgICA/VD9UQUgAyAC/W4L/QsEACABQRBqIQEMAQsLCwvoAQEHf0GAgBBBA\
EGAgAH8CwAgAEGAgARqIQNBgIAEIQADQCAAQQhqIANNBEAgACgCACIGQbHz3fF5bCAALwEEIgFB65Svr3hsc0EUdkECdEGAgBBqIgcoAgAhAiAHIAA2AgAgA\
gR/IAIoAgAgBkcFQQELBH9BAQUgAi8BBCABRwsEQCAAQQFqIQAMAgtBBiEBA0AgACABaiIGIANJBH8gASACai0AACAGLQAARgVBAAsEQCABQQFqIQEMAQsLI\
ARBAWohBCABIAVqIQUgACABaiEADAELC0GA4CsgBDYCAEGE4CsgBTYCAAumAwIJfwh+IABBA2pBAnUhBkGAgAQhAkGGgBwhBANAIAhBBEkEQCAEIQNCACEQQ\
gAhESACIAIgBmogAEGAgARqIAhBA0kbIgEiCSACa0EDcWohBQNAIAUgCUkEQCARIAlBBGsiCSgCACIHQRh2QQJ0QYCAK2o1AgAiDEIQiHwiCiAHQRB2Qf8Bc\
UECdEGAgCtqNQIAIg5CEIh8Ig0gB0EIdkH/AXFBAnRBgIArajUCACILQhCIfCEPIAQgECAMQv//A4MgEYaEIA5C//8DgyAKhoQgC0L//wODIA2GhCAHQf8Bc\
UECdEGAgCtqNQIAIgpC//8DgyAPhoQiCzcDACAEIA8gCkIQiHwiCkIDiKdqIQQgCyAKQjiDiCEQIApCB4MhEQwBCwsDQCACIAlJBEAgECAJQQFrIgktAABBA\
nRBgIArajUCACIKQv//A4MgEYaEIRAgESAKQhCIfCERDAELCyAEIBBCASARhoQ3AwAgBCARQgOIp2pBAWohBCAIQQNJBEAgCEEBdEGAgBxqIAQgA2s7AQALI\
AEhAiAIQQFqIQgMAQsLIAQLxggCFX8EfiAAIABBA2pBAnUiFEEDbGshC0GAgAQvAQBBhoAEaiIVQYKABC8BAGoiCEGEgAQvAQBqIQkgCCAVRiAVQYaABEZyI\
AggCUZyIAFBgIAEaiICIAlNcgRAQQAPCyAVQQFrLQAAIgAEQCAIQQFrLQAAIQALIABB/wFxBEAgCUEBay0AACEACyAAQf8BcQR/IAJBAWstAAAFIAALQf8Bc\
UUEQEEADwsgFUEDdEEXaiAVQQFrLQAAZ2shASAIQQN0QRdqIAhBAWstAABnayEDIAlBA3RBF2ogCUEBay0AAGdrIQQgAkEDdEEXaiACQQFrLQAAZ2shBUGAg\
BwhACAUQQF0IRAgFEEDbCERIAtBgIAcaiALQQVwayETA0AgACATSQRAIAFBA3ZBB2spAwBCCCABQQdxrX2GIRcgA0EDdkEHaykDAEIIIANBB3GtfYYhGCAEQ\
QN2QQdrKQMAQgggBEEHca19hiEZIAVBA3ZBB2spAwBCCCAFQQdxrX2GIRpBACEGQQAhB0EAIQpBACEMQQAhAgNAIAJBBUkEQCAYQjWIp0EBdEGAoCtqLwEAI\
Q0gGUI1iKdBAXRBgKArai8BACEOIBpCNYinQQF0QYCgK2ovAQAhDyAAIAJqIhYgF0I1iKdBAXRBgKArai8BACISQQh2OgAAIBQgFmogDUEIdjoAACAQIBZqI\
A5BCHY6AAAgESAWaiAPQQh2OgAAIBcgEq2GIRcgGCANrYYhGCAZIA6thiEZIBogD62GIRogBiASaiEGIAcgDWohByAKIA5qIQogDCAPaiEMIAJBAWohAgwBC\
wsgASAGQf8BcWshASADIAdB/wFxayEDIAQgCkH/AXFrIQQgBSAMQf8BcWshBSAAQQVqIQAMAQsLIBQgAEGAgBxrIgZrIQdBACECA0AgAiAHSQRAIAAgAmogA\
UEDdkEHaykDAEIIIAFBB3GtfYZCNYinQQF0QYCgK2ovAQAiCkEIdjoAACABIApB/wFxayEBIAJBAWohAgwBCwsgACAUaiEHIBQgBmshCkEAIQIDQCACIApJB\
EAgAiAHaiADQQN2QQdrKQMAQgggA0EHca19hkI1iKdBAXRBgKArai8BACIMQQh2OgAAIAMgDEH/AXFrIQMgAkEBaiECDAELCyAVQQN0IANGIAFBsIAgRnEgA\
CAQaiEDIBQgBmshB0EAIQEDQCABIAdJBEAgASADaiAEQQN2QQdrKQMAQgggBEEHca19hkI1iKdBAXRBgKArai8BACIKQQh2OgAAIAQgCkH/AXFrIQQgAUEBa\
iEBDAELCyAEIAhBA3RGcSAAIBFqIQIgCyAGayEDQQAhAANAIAAgA0kEQCAAIAJqIAVBA3ZBB2spAwBCCCAFQQdxrX2GQjWIp0EBdEGAoCtqLwEAIgRBCHY6A\
AAgBSAEQf8BcWshBSAAQQFqIQAMAQsLIAUgCUEDdEZxCwYAQQAkDAtPAQF/IwwhAwNAIAAgAUgEQCAAQYCABGotAABBAnRBgOAoaigCACADQQF0aiIDIAJJB\
EAgAyQMIAAPCyAAQQFqIQAMAQsLIAMkDCABQQFqC5QDAgR/BHsgAUH//wNxIQMgAUEQdiEEQYCABCEBIAAhAgNAIAJBEE8EQP0MAAAAAAAAAAAAAAAAAAAAA\
CEG/QwAAAAAAAAAAAAAAAAAAAAAIQf9DAAAAAAAAAAAAAAAAAAAAAAhCEGgKyACQXBxIgAgAEGgK08bIgAgAWohBQNAIAEgBUkEQCAHIAb9rgEhByAGIAH9A\
AQAIgn9ff1//a4BIQYgCCAJ/YkB/QwQAA8ADgANAAwACwAKAAkA/boB/a4BIAn9igH9DAgABwAGAAUABAADAAIAAQD9ugH9rgEhCCABQRBqIQEMAQsLIAj9G\
wAgCP0bAWogCP0bAmogCP0bA2ogBCAAIANsaiAH/RsAIAf9GwFqIAf9GwJqIAf9GwNqQQR0ampB8f8DcCEEIAMgBv0bACAG/RsBaiAG/RsCaiAG/RsDampB8\
f8DcCEDIAIgAGshAgwBCwsDQCACBEAgASIAQQFqIQEgBCADIAAtAABqIgNqIQQgAkEBayECDAELCyADQfH/A3AgBEHx/wNwQRB0cgs="}});var require_xz_decompress=__commonJS({"node_modules/xz-decompress/dist/package/xz-decompress.js"(exports,module){(function(root,factory){
typeof exports=="object"&&typeof module=="object"?module.exports=factory(__require("stream/web")):typeof define=="functi\
on"&&define.amd?define(["stream/web"],factory):typeof exports=="object"?exports["xz-decompress"]=factory(__require("stream/web")):
root["xz-decompress"]=factory(root["stream/web"])})(exports,__WEBPACK_EXTERNAL_MODULE__2__=>(()=>{"use strict";var __webpack_modules__=[
,(module2=>{module2.exports="data:application/wasm;base64,AGFzbQEAAAABOApgAX8Bf2ABfwBgAABgA39/fwF/YAABf2ACf38AYAN/f34Bfm\
ACf38Bf2AEf39/fwF/YAN/f38AAyEgAAABAgMDAwMEAQUAAgMCBgcIBwUDAAMHAQcABwcBAwkFAwEAAgYIAX8BQfCgBAsHTgUGbWVtb3J5AgAOY3JlYXRlX2\
NvbnRleHQACA9kZXN0cm95X2NvbnRleHQACQxzdXBwbHlfaW5wdXQACg9nZXRfbmV4dF9vdXRwdXQACwqQYCDfAgEFf0EAIQECQCAAQQdqIgJBEEkNAEEBIQ\
EgAkEDdiIDQQJGDQBBAiEBIAJBIEkNAEEDIQEgA0EERg0AQQQhASACQTBJDQBBBSEBIANBBkYNAEEGIQEgAkHIAEkNAEEHIQEgAkHYAEkNAEEIIQEgAkGIAU\
kNAEEJIQEgAkGIAkkNACAAEIGAgIAAIgBBCGpBACAAGw8LAkACQCABQQJ0QcCIgIAAaiIEKAIAIgANAEEAIQACQAJAQQAoAuSIgIAAIgJFDQBBACACKAIANg\
LkiICAAAwBC0EAEIGAgIAAIgJFDQILIAJBgIB8cSIAIAJBCHZB/wFxIgJyIAE6AAAgACACQQh0ckGAAmohAEEAIQJBACABQQJ0QYCIgIAAaigCACIDayEFIA\
MhAQNAIAAgBWoiACACNgIAIAAhAiABIANqIgFBgQJJDQALIAQgADYCAAsgBCAAKAIANgIACyAAC/QHAQh/QQAoArCIgIAAIQECQAJAAkACQAJAQQAtALSIgI\
AARQ0AQQBBADoAtIiAgAAgAUUNAUGwiICAACECA0ACQAJAIAFBCGoiAyABKAIEIgRqIgVBCHZB/wFxIgYNACABIQIMAQsCQANAIAVBgIB8cSAGai0AAEH+AU\
cNAUGwiICAACEGA0AgBiIHKAIAIgYgBUcNAAsgByAFKAIANgIAIAEgBCAFKAIEakEIaiIENgIEIAcgAiACIAVGGyECIAMgBGoiBUEIdkH/AXEiBg0ACwsgAi\
gCACECCyACKAIAIgENAAtBACgCsIiAgAAhAQsgAUUNACAAQYcCakGAfnEhCEF/IQJBsIiAgAAhBEEAIQNBsIiAgAAhBgNAIAYhBwJAIAEiBigCBCIFIABJDQ\
AgBSACTw0AIAUhAiAHIQQgBiEDIAVBCGogCEcNACAHIQQgBSECIAYhAwwECyAGKAIAIgENAAsgAw0CDAELQbCIgIAAIQQLPwBBEHQhASAAQYgCaiEHQQAhAw\
JAAkBBACgCuIiAgAAiAkUNAEEAIQUgASEGDAELQQAgAUHwoISAAEH//wNqQYCAfHEiBmsiAjYCuIiAgAAgAiEFCwJAIAcgBU0NACACQQF2IgIgByAFayIHIA\
IgB0sbQf//A2oiB0EQdkAAQX9GDQJBAEEAKAK4iICAACAHQYCAfHEiA2o2AriIgIAACyAGRQ0BIAZB/wE6AAEgBkEAKAKwiICAADYCgAIgBkGEAmogAyAFak\
GAgHxxQfh9aiICNgIAIAZBgAJqIQMLIANBgIB8cSIGIANBCHZB/wFxckH/AToAACAEIAMoAgA2AgACQCACIABrQYB+cSIFDQAgAw8LIAMhAQJAIAYgBUF/cy\
ADQQhqIgQgAmoiB2pBgIB8cUYNACAEQf//A3EhBQJAIABB9/0DSw0AIAYgBEEIdkH/AXFqQf4BOgAAIANBACgCsIiAgAA2AgAgA0GAgAQgBWsiBTYCBEEAIA\
M2ArCIgIAAEIOAgIAAIAZBhIIEaiACIAVrQfh9aiIFNgIAIAZBgYAEakH/AToAACAGQYCCBGohASAFIABrQYB+cSEFDAELIAIgBWogACAFakH//3tqQYCAfH\
FrQYCAeGohBSADIQELIAEgASgCBCAFazYCBCAFQfgBaiEGIAcgBWtBCHZB/wFxIQUCQANAIAYiB0GAfmohBiAFIgQNAUEBIQUgB0H4AUcNAAsLAkAgB0H4AU\
YNACACIANqIAZrQYCAfHEiBSAEakH+AToAACAFIARBCHRqIgVBACgCsIiAgAA2AgAgBSAGNgIEQQAgBTYCsIiAgAAQg4CAgAALIAEPC0EAC3wBAn8CQCAARQ\
0AAkAgAEGAgHxxIABBCHZB/wFxciIBLQAAIgJB/wFHDQAgAEF4aiIAQQAoArCIgIAANgIAQQAgADYCsIiAgAAgAUH+AToAAEEAQQE6ALSIgIAADwsgACACQQ\
J0QcCIgIAAaiICKAIANgIAIAIgADYCAAsLawECfwJAQQAoArCIgIAAIgAoAgRB/wFLDQAgAEGAgHxxIgEgAEEIdkH/AXEiAHJBCToAAEEAQQAoArCIgIAAKA\
IANgKwiICAACABIABBCHRyIgBBACgC5IiAgAA2AgBBACAANgLkiICAAAsLTgECfwJAIAAgAUYNACACRQ0AA0ACQCAALQAAIgMgAS0AACIERg0AQQFBfyADIA\
RLGw8LIAFBAWohASAAQQFqIQAgAkF/aiICDQALC0EAC3gBAX8CQAJAIAAgAU8NACACRQ0BIAAhAwNAIAMgAS0AADoAACABQQFqIQEgA0EBaiEDIAJBf2oiAg\
0ADAILCyAAIAFNDQAgAkUNACABQX9qIQEgAEF/aiEDA0AgAyACaiABIAJqLQAAOgAAIAJBf2oiAg0ACwsgAAssAQF/AkAgAkUNACAAIQMDQCADIAE6AAAgA0\
EBaiEDIAJBf2oiAg0ACwsgAAt/AQF/AkACQCABIAByIAJyQQNxRQ0AIAJFDQEgACEDA0AgAyABLQAAOgAAIAFBAWohASADQQFqIQMgAkF/aiICDQAMAgsLIA\
JBBEkNACACQQJ2IQIgACEDA0AgAyABKAIANgIAIAFBBGohASADQQRqIQMgAkF/aiICDQALCyAAC4gBAQJ/AkBBAC0A6IiAgAANAEEAQQE6AOiIgIAAEIyAgI\
AAEI6AgIAAC0GggAgQgICAgAAiAEGAgAQ2AgBBAkGAgIAgEJeAgIAAIQEgAEEUakKAgICAgIDAADcCACAAQRBqIABBoIAEajYCACAAQQhqQgA3AgAgACAAQS\
BqNgIEIAAgATYCHCAACxUAIAAoAhwQmICAgAAgABCCgICAAAsWACAAQQxqIAE2AgAgAEEIakEANgIACxsAIAAoAhwgAEEEaiAAQQxqKAIARRCWgICAAAtUAQ\
N/QQAhAANAQQghASAAIQIDQEEAIAJBAXFrQaCG4u1+cSACQQF2cyECIAFBf2oiAQ0ACyAAQQJ0QfCIgIAAaiACNgIAIABBAWoiAEGAAkcNAAsLTgACQCABRQ\
0AIAJBf3MhAgNAIAJB/wFxIAAtAABzQQJ0QfCIgIAAaigCACACQQh2cyECIABBAWohACABQX9qIgENAAsgAkF/cyECCyACC10DAX4BfwF+QgAhAANAQQghAS\
AAIQIDQEIAIAJCAYN9QsKenLzd8pW2SYMgAkIBiIUhAiABQX9qIgENAAsgAKdBA3RB8JCAgABqIAI3AwAgAEIBfCIAQoACUg0ACwtPAAJAIAFFDQAgAkJ/hS\
ECA0AgAkL/AYMgADEAAIWnQQN0QfCQgIAAaikDACACQgiIhSECIABBAWohACABQX9qIgENAAsgAkJ/hSECCyACC8oQAgx/An4CQAJAIAAoAiRFDQAgACgCAC\
ECDAELQQAhAiAAQQA6ACggAEIANwMAIABCADcDGCAAQcgAakEAQeQAEIaAgIAAGiAAQawBakEMNgIACyAAIAEoAgQiAzYCECAAQeAAaiEEIABByABqIQUgAE\
G2AWohBiAAQbABaiEHIABBqAFqIQggASgCECEJAkACQAJAAkADQAJAAkACQAJAAkACQAJAAkACQAJAAkACQAJAAkACQCACDgoBAgAEBQYHCAkKDwsgASgCAC\
EKIAAoAqgBIQIgACgCrAEhCyABKAIEIQwgASgCCCENDAILIAcgACgCqAEiDGogASgCACABKAIEIgJqIAEoAgggAmsiAiAAKAKsASAMayIMIAIgDEkbIgIQh4\
CAgAAaIAEgASgCBCACajYCBEEAIQwgAEEAIAAoAqgBIAJqIgIgAiAAKAKsASILRhs2AqgBIAIgC0cNESAAQQE2AgACQCAHQaiIgIAAQQYQhICAgABFDQBBBS\
EMDBILIAZBAkEAEI2AgIAAIAAoALgBRw0QQQYhDCAGLQAADREgACAALQC3ASICNgIgIAJBBEsNEUEBIAJ0QRNxRQ0RCyABKAIEIgwgASgCCCINRg0OAkAgAS\
gCACIKIAxqLQAAIgsNACAAIAw2AhAgASAMQQFqNgIEQQYhAgwMC0EAIQIgAEEANgKoASAAQQI2AgAgACALQQJ0QQRqIgs2AqwBIAAgCzYCQAsgByACaiAKIA\
xqIA0gDGsiDCALIAJrIgIgDCACSRsiAhCHgICAABogASABKAIEIAJqNgIEQQAhDCAAQQAgACgCqAEgAmoiAiACIAAoAqwBIgtGGzYCqAEgAiALRw0PIAAgAk\
F8aiICNgKsAUEHIQwgByACQQAQjYCAgAAgByAAKAKsASICaigAAEcNDyAAQQI2AqgBIAAtALEBIgtBP3ENDAJAAkAgC0HAAHFFDQAgACAHIAggAhCRgICAAE\
EBRw0RIAAgACkDCDcDMCAAKAKsASECIAAtALEBIQsMAQsgAEJ/NwMwC0J/IQ4CQCALwEF/Sg0AIAAgByAIIAIQkYCAgABBAUcNECAAKAKsASECIAApAwghDg\
sgACAONwM4IAIgACgCqAEiC2tBAkkNDyAAIAtBAWoiCjYCqAEgCCALakEIai0AAEEhRw0MIAAgC0ECaiINNgKoASAIIApqQQhqLQAAQQFHDQwgAiANRg0PIA\
AgC0EDajYCqAEgACgCsAkgCCANakEIai0AABCcgICAACIMDQ8gACgCrAEiAiAAKAKoASIMIAIgDEsbIQ0CQANAIA0gDEYNASAAIAxBAWoiAjYCqAEgACAMai\
ELIAIhDCALQbABai0AAA0ODAALCyAFQgA3AwAgAEEANgKoASAAQQM2AgAgBUEIakIANwMACyAAIAEoAgQ2AhAgACABKAIQNgIUIAAoArAJIAEQmYCAgAAhDC\
AAIAApA0ggASgCBCAAKAIQa618Ig43A0ggACAAKQNQIAEoAhAgACgCFCICayILrXwiDzcDUCAOIAApAzBWDQ0gDyAAKQM4Vg0NAkACQAJAAkAgACgCIEF/ag\
4EAAMDAQMLIAEoAgwgAmogCyAAKAIYEI2AgIAArSEODAELIAEoAgwgAmogCyAAKQMYEI+AgIAAIQ4LIAAgDjcDGAsgDEEBRw0OAkAgACkDMCIOQn9RDQAgDi\
AFKQMAUg0OCwJAIAApAzgiDkJ/UQ0AQQchDCAOIAApA1BSDQ8LIAAgACkDSCAANQJAfCAAKQNgfCIPNwNgQgQhDgJAAkACQCAAKAIgQX9qDgQBAgIAAgtCCC\
EOCyAEIA4gD3w3AwALIAAgACkDaCAAKQNQfDcDaCAAIARBGCAAKAJwEI2AgIAANgJwIABBBDYCACAAIAApA1hCAXw3A1gLAkAgBSkDACIOQgODUA0AIA5CAX\
whDiABKAIEIQwgASgCCCELA0AgCyAMRg0NIAEgDEEBaiICNgIEIAEoAgAgDGotAAANDiAFIA43AwAgDkIDgyEPIA5CAXwhDiACIQwgD0IAUg0ACwsgAEEFNg\
IAC0EBIQIgACgCIEF/ag4EBgcHBQcLIAAgARCSgICAACIMQQFHDQsgAEEHNgIAC0EAIAAoAhBrIQUgAEGAAWopAwAhDiABKAIEIQwCQANAIA4gBSAMaq18Qg\
ODUA0BAkAgDCABKAIIRw0AIAAgARCTgICAAAwLCyABIAxBAWoiAjYCBCABKAIAIAxqIQsgAiEMIAstAAANCwwACwsgACABEJOAgIAAQQchDCAEIABBkAFqQR\
gQhICAgAANCiAAQQg2AgALIAAgAUEgEJSAgIAAIgxBAUcNCSAAQQk2AgBBDCELIABBDDYCrAEMAQsgACgCrAEhCwsgByAAKAKoASIMaiABKAIAIAEoAgQiAm\
ogASgCCCACayICIAsgDGsiDCACIAxJGyICEIeAgIAAGiABIAEoAgQgAmo2AgRBACEMIABBACAAKAKoASACaiICIAIgACgCrAEiC0YbNgKoASACIAtHDQcgAB\
CVgICAACEMDAcLQQEhAiAAIAFBwAAQlICAgAAiDEEBRw0GDAELQQEhAiAAIAFBIBCUgICAACIMQQFHDQULIAAgAjYCAAwACwtBBiEMDAILQQAhDAwBC0EHIQ\
wLAkACQCAAKAIkDQACQAJAIAwOAgADAQtBB0EIIAEoAgQgASgCCEYbIQwLIAEgCTYCECABIAM2AgQgDA8LAkAgDA0AIAMgASgCBEcNACAJIAEoAhBHDQAgAC\
0AKCEBIABBAToAKCABQQN0DwsgAEEAOgAoCyAMC6YBAQN/AkAgACgCBCIEDQAgAEIANwMICyACKAIAIgUgAyAFIANLGyEGA0ACQCAGIAVHDQBBAA8LIAEgBW\
otAAAhAyACIAVBAWoiBTYCACAAIANB/wBxrSAErYYgACkDCIQ3AwgCQAJAIAPAIgNBAEgNAAJAIAMNAEEHIQMgBA0CCyAAQQA2AgRBAQ8LQQchAyAAIARBB2\
oiBDYCBCAEQT9HDQELCyADC6ECAgN/AX4gAEGQAWohAiABQQRqIQMDQAJAIAAgASgCACADIAEoAggQkYCAgAAiBEEBRg0AIABBgAFqIgMgAykDACABKAIEIA\
AoAhAiA2siAq18NwMAIAAgAyABKAIAaiACIAAoAhgQjYCAgACtNwMYIAQPCwJAAkACQAJAAkAgACgCeA4DAAIBAwsgACAAKQMIIgU3A4gBAkAgBSAAKQNYUQ\
0AQQcPCyAAQQE2AngMAwsgACAAKQOYASAAKQMIfDcDmAEgACACQRggACgCoAEQjYCAgAA2AqABIABBATYCeCAAIAApA4gBQn98IgU3A4gBDAILIABBAjYCeC\
AAIAApA5ABIAApAwh8NwOQAQsgACkDiAEhBQsgBUIAUg0AC0EBC0ABAn8gAEGAAWoiAiACKQMAIAEoAgQgACgCECICayIDrXw3AwAgACACIAEoAgBqIAMgAC\
gCGBCNgICAAK03AxgLfAEEfyABKAIEIQMgASgCCCEEA0ACQCAEIANHDQBBAA8LIAEgA0EBaiIFNgIEAkAgASgCACADai0AACAAKQMYIAAoAgQiA62Ip0H/AX\
FGDQBBBw8LIAAgA0EIaiIGNgIEIAUhAyAGIAJJDQALIABBADYCBCAAQgA3AxhBAQtvAQF/QQchAQJAIABBugFqLwAAQdm0AUcNACAAQbQBakEGQQAQjYCAgA\
AgAEGwAWooAABHDQAgAEGAAWopAwBCAoggADUAtAFSDQAgAEG4AWotAAANAEEBQQcgACgCICAAQbkBai0AAEYbIQELIAELwAIBA38CQAJAAkAgACgCJA0AIA\
BBADoAKCAAQQA2AgBBASECDAELAkAgACgCAEEKRw0AQQAhAwwCC0ECIQMMAQtBASEDCwJAAkADQAJAAkACQAJAIAMOAwABAwMLIAEoAgQiAyABKAIIIgRGDQ\
QgASgCACEFAkADQCAFIANqLQAADQEgASADQQFqIgM2AgQgACAAKAIEQQFqQQNxNgIEIAQgA0YNBgwACwsCQCAAKAIERQ0AQQcPCyAAKAIkRQ0BIABBADoAKC\
AAQQA2AgBBASEDDAMLIABCADcDGCAAQQA2AgQgAEHIAGpBAEHkABCGgICAABogAEGsAWpBDDYCAAtBAiEDDAELIAAgARCQgICAACIDQQFHDQIgAEEKNgIAQQ\
AhAwwACwsCQCACDQBBAA8LQQdBASAAKAIEGyEDCyADC3UBAX8CQEG4CRCAgICAACICRQ0AIAIgADYCJCACIAAgARCbgICAACIANgKwCQJAIABFDQAgAkEAOg\
AoIAJCADcDACACQgA3AxggAkHIAGpBAEHkABCGgICAABogAkGsAWpBDDYCACACDwsgAhCCgICAAAtBAAseAAJAIABFDQAgACgCsAkQnYCAgAAgABCCgICAAA\
sL3RABCn8gAEHo3QFqIQIgAEHUAGohAyAAQRxqIgRBCGohBQJAAkADQCAAKAJAIQYCQAJAAkACQAJAAkACQAJAAkACQAJAAkACQAJAAkAgASgCBCIHIAEoAg\
hJDQAgBkEHRg0BDBELIAYOCQECAwQFBgcACQ4LIAAoAkwhBgwHC0EBIQYgASAHQQFqNgIEIAEoAgAgB2otAAAiB0UNCAJAAkAgB0HfAUsNACAHQQFHDQELIA\
BBgAI7AVACQCAAKAI8DQAgACABKAIMIAEoAhAiBmo2AhggACABKAIUIAZrNgIsCyAEQgA3AgAgBUIANwIADAoLIAAtAFBFDQkMDQsgASAHQQFqNgIEIAEoAg\
AgB2otAAAhByAAQQI2AkAgACAHQQh0IAAoAkhqNgJIDAsLIAEgB0EBajYCBCABKAIAIAdqLQAAIQcgAEEDNgJAIAAgByAAKAJIakEBajYCSAwKCyABIAdBAW\
o2AgQgASgCACAHai0AACEHIABBBDYCQCAAIAdBCHQ2AkwMCQsgASAHQQFqNgIEIAEoAgAgB2otAAAhByAAIAAoAkQ2AkAgACAHIAAoAkxqQQFqNgJMDAgLIA\
EgB0EBajYCBEEHIQYgASgCACAHai0AACIHQeABSw0DQQAhCAJAAkAgB0EtTw0AQQAhCQwBCyAHQVNqIgcgB0H/AXFBLW4iCUEtbGshByAJQQFqIQkLIABBfy\
AJdEF/czYCdAJAIAdB/wFxQQlJDQAgB0F3aiIHIAdB/wFxQQluIghBCWxrIQcgCEEBaiEICyAAIAg2AnAgACAHQf8BcSIHNgJsIAggB2pBBEsNAyADQgA3Ag\
AgA0EIakIANwIAIANBEGpBADYCACAAQX8gCHRBf3M2AnBB+AAhBwNAIAAgB2pBgAg7AQAgB0ECaiIHQeTdAUcNAAsgAEEGNgJAIABBBTYCCCAAQv////8PNw\
IACyAAKAJMIgpBBUkNBwJAIAAoAggiB0UNACAHQX9qIQYgASgCBCEHIAEoAgghCQNAIAkgB0YNCiABIAdBAWoiCDYCBCABKAIAIAdqLQAAIQcgACAGNgIIIA\
AgByAAKAIEQQh0cjYCBCAIIQcgBkF/aiIGQX9HDQALCyAAQQc2AkAgACAKQXtqIgY2AkwLIAAgACgCICIHIAEoAhQgASgCEGsiCCAAKAJIIgkgCCAJSRsiCG\
ogACgCLCIJIAkgB2sgCEsbNgIoIAEoAggiCiABKAIEIghrIQcCQAJAAkAgACgC5N0BIgkNACAGDQFBACEGCyACIAlqIAEoAgAgCGpBKiAJayIIIAYgCWsiBi\
AIIAZJGyIGIAcgBiAHSRsiBxCHgICAABoCQAJAIAAoAuTdASIIIAdqIgYgACgCTEcNACACIAhqIAdqQQBBPyAGaxCGgICAABogACgC5N0BIAdqIQYMAQsCQC\
AGQRRLDQAgACAGNgLk3QEgASABKAIEIAdqNgIEDAMLIAZBa2ohBgsgAEEANgIQIAAgAjYCDCAAIAY2AhRBByEGIAAQmoCAgABFDQMgACgCECIIIAAoAuTdAS\
IJIAdqSw0DIAAgACgCTCAIayIGNgJMAkAgCCAJTw0AIAAgCSAIayIHNgLk3QEgAiACIAhqIAcQhYCAgAAaDAILIABBADYC5N0BIAEgASgCBCAIIAlraiIINg\
IEIAEoAggiCiAIayEHCwJAIAdBFUkNACAAIAg2AhAgACABKAIANgIMIAAgCkFraiAIIAZqIAcgBkEVakkbNgIUQQchBiAAEJqAgIAARQ0DIAAoAkwiByAAKA\
IQIgggASgCBGsiCUkNAyABIAg2AgQgACAHIAlrIgY2AkwgASgCCCAIayIHQRRLDQELIAIgASgCACAIaiAHIAYgByAGSRsiBxCHgICAABogACAHNgLk3QEgAS\
ABKAIEIAdqNgIECyAAKAIgIgYgACgCHCIIayEHAkAgACgCPEUNAAJAIAYgACgCLEcNACAAQQA2AiALIAEoAgwgASgCEGogACgCGCAIaiAHEIeAgIAAGiAAKA\
IgIQYLIAAgBjYCHCABIAEoAhAgB2oiCDYCECAAIAAoAkgiBiAHazYCSAJAIAYgB0cNAEEHIQYgACgCTA0CIAAoAmgNAiAAKAIEDQIgAEEANgJADAQLQQAhBi\
AIIAEoAhRGDQEgASgCBCABKAIIRw0FIAAoAuTdASAAKAJMTw0FDAELAkADQCAAKAJMIghFDQFBACEGIAEoAggiCSAHTQ0CIAEoAhQiCiABKAIQIgtNDQIgAC\
AIIAkgB2siBiAKIAtrIgkgBiAJSRsiBiAAKAIsIAAoAiAiCWsiCiAGIApJGyIGIAggBiAISRsiBms2AkwgCSAAKAIYaiABKAIAIAdqIAYQhYCAgAAaIAAgAC\
gCICAGaiIHNgIgAkAgACgCJCAHTw0AIAAgBzYCJAsCQCAAKAI8RQ0AAkAgByAAKAIsRw0AIABBADYCIAsgASgCDCABKAIQaiABKAIAIAEoAgRqIAYQhYCAgA\
AaIAAoAiAhBwsgACAHNgIcIAEgASgCECAGajYCECABIAEoAgQgBmoiBzYCBAwACwsgAEEANgJADAQLIAYPCyAHwEF/Sg0BIABBATYCQCAAIAdBEHRBgID8AH\
E2AkgCQCAHQcABSQ0AIABBBTYCRCAAQQA6AFEMAwsgAC0AUQ0DIABBBjYCRCAHQaABSQ0CIANCADcCACADQRBqQQA2AgAgA0EIakIANwIAQfgAIQcDQCAAIA\
dqQYAIOwEAIAdBAmoiB0Hk3QFHDQALCyAAQQU2AgggAEL/////DzcCAAwBCyAHQQJLDQEgAEKDgICAgAE3AkAMAAsLQQcPC0EAC5wYARR/IABBGGohAQJAIA\
BBIGooAgAiAiAAQShqKAIAIgNPDQAgAEHoAGoiBCgCAEUNACABIAQgACgCVBCegICAABogACgCKCEDIAAoAiAhAgsCQCACIANPDQAgAEHYC2ohBSAAQbwNai\
EGIABB3A1qIQcgAEHoAGohCCAAQeAVaiEJIABB1ABqIQoDQCAAKAIQIgsgACgCFEsNASAAIAAoAmQiDEEFdGogACgCdCACcSINQQF0aiIOQfgAaiEPAkACQC\
AAKAIAIgNBgICACEkNACAAKAIEIRAMAQsgACADQQh0IgM2AgAgACALQQFqIgQ2AhAgACAAKAIEQQh0IAAoAgwgC2otAAByIhA2AgQgBCELCwJAAkAgECADQQ\
t2IA8vAQAiEWwiBE8NACAAIAQ2AgAgDyARQYAQIBFrQQV2ajsBACACQX9qIQMCQCACDQAgACgCLCADaiEDCwJAAkAgACgCJCIRDQBBACEDDAELIAEoAgAgA2\
otAAAhAwsgACAAKAJwIAJxIAAoAmwiD3QgA0EIIA9rdmpBgAxsakHkHWohDgJAAkAgDEEGSw0AQQEhAwNAIA4gA0EBdCIDaiEQAkACQCAAKAIAIgRBgICACE\
kNACAAKAIEIQwMAQsgACAEQQh0IgQ2AgAgACAAKAIQIg9BAWo2AhAgACAAKAIEQQh0IA8gACgCDGotAAByIgw2AgQLAkACQCAMIARBC3YgEC8BACIRbCIPSQ\
0AIAAgDCAPazYCBCAEIA9rIQ8gA0EBciEDIBEgEUEFdmshBAwBCyARQYAQIBFrQQV2aiEECyAAIA82AgAgECAEOwEAIANBgAJJDQALIAAoAiAhAgwBCyACIA\
AoAlQiD0F/c2ohAwJAIAIgD0sNACAAKAIsIANqIQMLAkACQCARDQBBACESDAELIAEoAgAgA2otAAAhEgtBASEDQYACIQ8DQCAOIBJBAXQiEiAPcSITIA9qIA\
NqQQF0aiERAkACQCAEQf///wdNDQAgBCENDAELIAAgBEEIdCINNgIAIAAgC0EBaiIENgIQIAAgEEEIdCAAKAIMIAtqLQAAciIQNgIEIAQhCwsCQAJAIBAgDU\
ELdiARLwEAIgxsIgRPIhQNACAMQYAQIAxrQQV2aiEMDAELIAAgECAEayIQNgIEIA0gBGshBCAMIAxBBXZrIQxBACEPCyAAIAQ2AgAgESAMOwEAIA8gE3MhDy\
ADQQF0IBRyIgNBgAJJDQALCyAAIAJBAWo2AiAgACgCGCACaiADOgAAAkAgACgCJCAAKAIgIgJPDQAgACACNgIkC0EAIQMCQCAAKAJkIgRBBEkNAAJAIARBCU\
sNACAEQX1qIQMMAQsgBEF6aiEDCyAAIAM2AmQMAQsgACADIARrIgM2AgAgACAQIARrIgQ2AgQgDyARIBFBBXZrOwEAIAAgDEEBdGoiEkH4A2ohDwJAAkAgA0\
H///8HTQ0AIAshEwwBCyAAIANBCHQiAzYCACAAIAtBAWoiEzYCECAAIARBCHQgACgCDCALai0AAHIiBDYCBAsCQAJAIAQgA0ELdiAPLwEAIhBsIhFJDQAgAC\
ADIBFrIgw2AgAgACAEIBFrIgM2AgQgDyAQIBBBBXZrOwEAIBJBkARqIQ8CQAJAIAxB////B00NACATIREMAQsgACAMQQh0Igw2AgAgACATQQFqIhE2AhAgAC\
ADQQh0IAAoAgwgE2otAAByIgM2AgQLAkACQCADIAxBC3YgDy8BACIQbCIETw0AIAAgBDYCACAPIBBBgBAgEGtBBXZqOwEAIA5B2ARqIQ8CQCAEQf///wdLDQ\
AgACAEQQh0IgQ2AgAgACARQQFqNgIQIAAgA0EIdCAAKAIMIBFqLQAAciIDNgIECwJAIAMgBEELdiAPLwEAIhBsIhFJDQAgACAEIBFrNgIAIAAgAyARazYCBC\
APIBAgEEEFdms7AQAMAgsgACARNgIAIA8gEEGAECAQa0EFdmo7AQAgAEEBNgJoIABBCUELIAAoAmRBB0kbNgJkDAMLIAAgDCAEayIMNgIAIAAgAyAEayIDNg\
IEIA8gECAQQQV2azsBACASQagEaiEEAkACQCAMQf///wdNDQAgESEODAELIAAgDEEIdCIMNgIAIAAgEUEBaiIONgIQIAAgA0EIdCAAKAIMIBFqLQAAciIDNg\
IECwJAAkAgAyAMQQt2IAQvAQAiD2wiEE8NACAAIBA2AgAgBCAPQYAQIA9rQQV2ajsBACAAKAJYIQMMAQsgACAMIBBrIhE2AgAgACADIBBrIgM2AgQgBCAPIA\
9BBXZrOwEAIBJBwARqIQ8CQCARQf///wdLDQAgACARQQh0IhE2AgAgACAOQQFqNgIQIAAgA0EIdCAAKAIMIA5qLQAAciIDNgIECwJAAkAgAyARQQt2IA8vAQ\
AiEGwiBE8NACAQQYAQIBBrQQV2aiEQIAAoAlwhAwwBCyAAIAMgBGs2AgQgACgCYCEDIAAgACgCXDYCYCARIARrIQQgECAQQQV2ayEQCyAAIAQ2AgAgDyAQOw\
EAIAAgACgCWDYCXAsgACAAKAJUNgJYIAAgAzYCVAsgAEEIQQsgACgCZEEHSRs2AmQgACAJIA0Qn4CAgAAMAQsgACARNgIAIA8gEEGAECAQa0EFdmo7AQAgAC\
AAKAJcNgJgIAAgACkCVDcCWCAAQQdBCiAAKAJkQQdJGzYCZCAAIAcgDRCfgICAACAKIAAoAmgiA0F+akEDIANBBkkbQQd0akGEB2ohDUEBIQMDQCANIANBAX\
QiA2ohEAJAAkAgACgCACIEQYCAgAhJDQAgACgCBCEMDAELIAAgBEEIdCIENgIAIAAgACgCECIPQQFqNgIQIAAgACgCBEEIdCAPIAAoAgxqLQAAciIMNgIECw\
JAAkAgDCAEQQt2IBAvAQAiEWwiD0kNACAAIAwgD2s2AgQgBCAPayEPIANBAXIhAyARIBFBBXZrIQQMAQsgEUGAECARa0EFdmohBAsgACAPNgIAIBAgBDsBAC\
ADQcAASQ0ACwJAIANBQGoiBEEDSw0AIAAgBDYCVAwBCyAAIANBAXFBAnIiDzYCVCAEQQF2IRACQCAEQQ1LDQAgACAPIBBBf2oiDnQiBDYCVEEBIQ8gBSAEQQ\
F0akHAACADa0EBdGpBfmohEkEAIQwDQCASIA9BAXQiD2ohEAJAAkAgACgCACIDQYCAgAhJDQAgACgCBCENDAELIAAgA0EIdCIDNgIAIAAgACgCECIEQQFqNg\
IQIAAgACgCBEEIdCAEIAAoAgxqLQAAciINNgIECwJAAkAgDSADQQt2IBAvAQAiEWwiBEkNACAAIA0gBGs2AgQgACAAKAJUQQEgDHRqNgJUIAMgBGshBCAPQQ\
FyIQ8gESARQQV2ayEDDAELIBFBgBAgEWtBBXZqIQMLIAAgBDYCACAQIAM7AQAgDiAMQQFqIgxHDQAMAgsLIBBBe2ohECAAKAIEIQQgACgCACEDA0ACQCADQf\
///wdLDQAgACADQQh0IgM2AgAgACAAKAIQIhFBAWo2AhAgBEEIdCARIAAoAgxqLQAAciEECyAAIANBAXYiAzYCACAAIAQgA2siBEEfdSIRIA9BAXRqQQFqIg\
82AlQgACARIANxIARqIgQ2AgQgEEF/aiIQDQALIAAgD0EEdDYCVEEAIQxBASEPA0AgBiAPQQF0Ig9qIRACQAJAIAAoAgAiA0GAgIAISQ0AIAAoAgQhDQwBCy\
AAIANBCHQiAzYCACAAIAAoAhAiBEEBajYCECAAIAAoAgRBCHQgBCAAKAIMai0AAHIiDTYCBAsCQAJAIA0gA0ELdiAQLwEAIhFsIgRJDQAgACANIARrNgIEIA\
AgACgCVEEBIAx0ajYCVCADIARrIQQgD0EBciEPIBEgEUEFdmshAwwBCyARQYAQIBFrQQV2aiEDCyAAIAQ2AgAgECADOwEAIAxBAWoiDEEERw0ACwsCQCABIA\
ggACgCVBCegICAAA0AQQAPCyAAKAIgIQILIAIgACgCKEkNAAsLQQEhAwJAIAAoAgAiBEH///8HSw0AIAAgBEEIdDYCAEEBIQMgACAAKAIQIgRBAWo2AhAgAC\
AAKAIEQQh0IAQgACgCDGotAAByNgIECyADC3ABAX8CQEGo3gEQgICAgAAiAkUNACACQTRqIAE2AgAgAkE8aiAANgIAAkACQAJAIABBf2oOAgABAgsgAiABEI\
CAgIAAIgA2AhggAA0BIAIQgoCAgAAMAgsgAkEANgIYIAJBOGpBADYCAAsgAg8LQQAL0gEBAn9BBiECAkAgAUEnSw0AIABBMGogAUEBcUECciABQQF2QQtqdC\
IBNgIAAkACQCAAQTxqKAIAIgNFDQBBBCECIAEgAEE0aigCAEsNAiAAQSxqIAE2AgAgA0ECRw0AIABBOGoiAygCACABTw0AIAAgATYCOCAAKAIYEIKAgIAAIA\
AgACgCMBCAgICAACIBNgIYIAENAEEDIQIMAQtBACECIABBADYCQCAAQdAAakEBOgAAIABB6ABqQQA2AgAgAEHk3QFqIQMLIANBADYCAAsgAgsjAAJAIABBPG\
ooAgBFDQAgACgCGBCCgICAAAsgABCCgICAAAvHAQEDf0EAIQMCQCAAKAIMIAJNDQAgACgCGCACTQ0AIAEgASgCACIDIAAoAhAgACgCCCIEayIFIAMgBSADSR\
siBWs2AgAgBCACQX9zaiEDAkAgBCACSw0AIAAoAhQgA2ohAwsDQCAAKAIAIgIgA2otAAAhASAAIAAoAggiBEEBajYCCCACIARqIAE6AABBACADQQFqIgMgAy\
AAKAIURhshAyAFQX9qIgUNAAtBASEDIAAoAgwgACgCCCIFTw0AIAAgBTYCDAsgAwvoBAEGfwJAAkAgACgCACIDQYCAgAhJDQAgACgCBCEEDAELIAAgA0EIdC\
IDNgIAIAAgACgCECIFQQFqNgIQIAAgACgCBEEIdCAFIAAoAgxqLQAAciIENgIECwJAAkAgBCADQQt2IAEvAQAiBWwiBk8NACAAIAY2AgAgASAFQYAQIAVrQQ\
V2ajsBACABIAJBBHRqQQRqIQdBCCEIQQIhAQwBCyAAIAMgBmsiAzYCACAAIAQgBmsiBDYCBCABIAUgBUEFdms7AQACQCADQf///wdLDQAgACADQQh0IgM2Ag\
AgACAAKAIQIgVBAWo2AhAgACAEQQh0IAUgACgCDGotAAByIgQ2AgQLAkAgBCADQQt2IAEvAQIiBWwiBk8NACAAIAY2AgAgASAFQYAQIAVrQQV2ajsBAiABIA\
JBBHRqQYQCaiEHQQghCEEKIQEMAQsgACADIAZrNgIAIAAgBCAGazYCBCABIAUgBUEFdms7AQIgAUGEBGohB0GAAiEIQRIhAQsgAEHoAGogATYCAEEBIQEDQC\
AHIAFBAXQiAWohBAJAAkAgACgCACIDQYCAgAhJDQAgACgCBCECDAELIAAgA0EIdCIDNgIAIAAgACgCECIFQQFqNgIQIAAgACgCBEEIdCAFIAAoAgxqLQAAci\
ICNgIECwJAAkAgAiADQQt2IAQvAQAiBmwiBUkNACAAIAIgBWs2AgQgAyAFayEFIAFBAXIhASAGIAZBBXZrIQMMAQsgBkGAECAGa0EFdmohAwsgACAFNgIAIA\
QgAzsBACABIAhJDQALIABB6ABqIgAgASAIayAAKAIAajYCAAsLNQEAQYAICy4IAAAAEAAAABgAAAAgAAAAKAAAADAAAABAAAAAUAAAAIAAAAAAAQAA/Td6WF\
oA"}),(module2=>{module2.exports=__WEBPACK_EXTERNAL_MODULE__2__})],__webpack_module_cache__={};function __webpack_require__(moduleId){
var cachedModule=__webpack_module_cache__[moduleId];if(cachedModule!==void 0)return cachedModule.exports;var module2=__webpack_module_cache__[moduleId]=
{exports:{}};return __webpack_modules__[moduleId](module2,module2.exports,__webpack_require__),module2.exports}__webpack_require__.
d=(exports2,definition)=>{for(var key in definition)__webpack_require__.o(definition,key)&&!__webpack_require__.o(exports2,
key)&&Object.defineProperty(exports2,key,{enumerable:!0,get:definition[key]})},__webpack_require__.o=(obj,prop)=>Object.
prototype.hasOwnProperty.call(obj,prop),__webpack_require__.r=exports2=>{typeof Symbol<"u"&&Symbol.toStringTag&&Object.defineProperty(
exports2,Symbol.toStringTag,{value:"Module"}),Object.defineProperty(exports2,"__esModule",{value:!0})};var __webpack_exports__={};
return(()=>{__webpack_require__.r(__webpack_exports__),__webpack_require__.d(__webpack_exports__,{XzReadableStream:()=>XzReadableStream});
var _dist_native_xz_decompress_wasm__WEBPACK_IMPORTED_MODULE_0__=__webpack_require__(1);let ReadableStream2=globalThis.ReadableStream||
__webpack_require__(2).ReadableStream,XZ_OK=0,XZ_STREAM_END=1;class XzContext{constructor(moduleInstance){this.exports=moduleInstance.
exports,this.memory=this.exports.memory,this.ptr=this.exports.create_context(),this._refresh(),this.bufSize=this.mem32[0],
this.inStart=this.mem32[1]-this.ptr,this.inEnd=this.inStart+this.bufSize,this.outStart=this.mem32[4]-this.ptr}supplyInput(sourceDataUint8Array){
this._refresh(),this.mem8.subarray(this.inStart,this.inEnd).set(sourceDataUint8Array,0),this.exports.supply_input(this.ptr,
sourceDataUint8Array.byteLength),this._refresh()}getNextOutput(){let result=this.exports.get_next_output(this.ptr);if(this.
_refresh(),result!==XZ_OK&&result!==XZ_STREAM_END)throw new Error(`get_next_output failed with error code ${result}`);return{
outChunk:this.mem8.slice(this.outStart,this.outStart+this.mem32[5]),finished:result===XZ_STREAM_END}}needsMoreInput(){return this.
mem32[2]===this.mem32[3]}outputBufferIsFull(){return this.mem32[5]===this.bufSize}resetOutputBuffer(){this.outPos=this.mem32[5]=
0}dispose(){this.exports.destroy_context(this.ptr),this.exports=null}_refresh(){this.memory.buffer!==this.mem8?.buffer&&
(this.mem8=new Uint8Array(this.memory.buffer,this.ptr),this.mem32=new Uint32Array(this.memory.buffer,this.ptr))}}class ContextMutex{constructor(){
this.locked=!1,this.waitQueue=[]}async acquire(){if(!this.locked){this.locked=!0;return}return new Promise(resolve9=>{this.
waitQueue.push(resolve9)})}release(){this.waitQueue.length>0?this.waitQueue.shift()():this.locked=!1}}class XzReadableStream extends ReadableStream2{static _moduleInstancePromise;static _moduleInstance;static _contextMutex=new ContextMutex;static async _getModuleInstance(){
let base64Wasm=_dist_native_xz_decompress_wasm__WEBPACK_IMPORTED_MODULE_0__.replace("data:application/wasm;base64,",""),
wasmBytes=Uint8Array.from(atob(base64Wasm),c=>c.charCodeAt(0)).buffer,wasmOptions={},module2=await WebAssembly.instantiate(
wasmBytes,wasmOptions);XzReadableStream._moduleInstance=module2.instance}constructor(compressedStream){let xzContext,unconsumedInput=null,
compressedReader=compressedStream.getReader();super({async start(controller){await XzReadableStream._contextMutex.acquire();
try{XzReadableStream._moduleInstance||await(XzReadableStream._moduleInstancePromise||(XzReadableStream._moduleInstancePromise=
XzReadableStream._getModuleInstance())),xzContext=new XzContext(XzReadableStream._moduleInstance)}catch(error){throw XzReadableStream.
_contextMutex.release(),error}},async pull(controller){try{if(xzContext.needsMoreInput()){if(unconsumedInput===null||unconsumedInput.
byteLength===0){let{done,value}=await compressedReader.read();done||(unconsumedInput=value)}let nextInputLength=Math.min(
xzContext.bufSize,unconsumedInput.byteLength);xzContext.supplyInput(unconsumedInput.subarray(0,nextInputLength)),unconsumedInput=
unconsumedInput.subarray(nextInputLength)}let nextOutputResult=xzContext.getNextOutput();controller.enqueue(nextOutputResult.
outChunk),xzContext.resetOutputBuffer(),nextOutputResult.finished&&(xzContext.dispose(),XzReadableStream._contextMutex.release(),
controller.close())}catch(error){throw xzContext&&xzContext.dispose(),XzReadableStream._contextMutex.release(),error}},cancel(){
try{return xzContext&&xzContext.dispose(),compressedReader.cancel()}finally{XzReadableStream._contextMutex.release()}}})}}})(),
__webpack_exports__})())}});import{homedir as homedir2,tmpdir}from"node:os";import{posix,resolve as resolve7,sep as sep3,win32}from"node:path";init_errors();init_text();init_errors();function isDigestHex(text){if(text.length!==64)return!1;for(let i2=0;i2<64;i2++){let c=text.charCodeAt(
i2);if(!(c>=48&&c<=57||c>=97&&c<=102))return!1}return!0}function parseDigest(text){let hex=text.startsWith("sha256:")?text.
slice(7):text;if(!isDigestHex(hex))throw new At1Error("usage/invalid",{message:`not a SHA-256 digest: '${text.slice(0,80)}\
'`,hint:"write sha256: and 64 lower-case hex digits"});return hex}function formatDigest(digest){return`sha256:${digest}`}
function digestOf(bytes){if(bytes.length!==32)throw new RangeError(`a SHA-256 has 32 bytes, not ${bytes.length}`);return toHex(
bytes)}function blake3Of(bytes){if(bytes.length!==32)throw new RangeError(`a BLAKE3 has 32 bytes, not ${bytes.length}`);
return toHex(bytes)}init_errors();init_errors();init_text();init_errors();var VERSION_LIMIT=128;function parseVersion(text){if(readVersion(text)===void 0){let bare=text.
startsWith("v")&&readVersion(text.slice(1))!==void 0?text.slice(1):void 0;throw new At1Error("usage/version",{message:`n\
ot a version: '${text.slice(0,VERSION_LIMIT)}'`,hint:bare===void 0?"versions are SemVer 2.0, such as 1.2.0 or 1.2.0-rc.1":
`write ${bare}`})}return text}function isVersion(text){return readVersion(text)!==void 0}function versionParts(version){
return readVersion(version)}function readVersion(text){if(text.length>VERSION_LIMIT||text.toLowerCase().endsWith(".lock"))return;let[beforeBuild,buildText]=splitAt(
text,"+"),[core,prereleaseText]=splitAt(beforeBuild,"-"),[major,minor,patch,more]=core.split(".");if(major===void 0||minor===
void 0||patch===void 0||more!==void 0)return;let prerelease=prereleaseText?.split(".")??[],build=buildText?.split(".")??
[];if([major,minor,patch].every(isNumber)&&prerelease.every(part=>isIdentifier(part)&&(!isDigits(part)||isNumber(part)))&&
build.every(isIdentifier))return{numbers:[major,minor,patch],prerelease,build}}function splitAt(text,mark){let at2=text.
indexOf(mark);return at2<0?[text,void 0]:[text.slice(0,at2),text.slice(at2+1)]}function isDigits(text){for(let i2=0;i2<text.
length;i2++)if(text.charCodeAt(i2)<48||text.charCodeAt(i2)>57)return!1;return text!==""}function isNumber(text){return isDigits(
text)&&(text==="0"||text[0]!=="0")}function isIdentifier(text){for(let c of text)if(!(c>="0"&&c<="9"||c>="a"&&c<="z"||c>=
"A"&&c<="Z"||c==="-"))return!1;return text!==""}function compareVersions(a,b){return compareParts(versionParts(a),versionParts(
b))}function compareParts(a,b){for(let i2=0;i2<3;i2++){let difference=compareNumbers(a.numbers[i2],b.numbers[i2]);if(difference!==
0)return difference}if(a.prerelease.length===0||b.prerelease.length===0)return b.prerelease.length-a.prerelease.length;for(let[
i2,left]of a.prerelease.entries()){let right=b.prerelease[i2];if(right===void 0)return 1;let difference=compareIdentifiers(
left,right);if(difference!==0)return difference}return a.prerelease.length-b.prerelease.length}function compareIdentifiers(a,b){
let[aIsNumber,bIsNumber]=[isDigits(a),isDigits(b)];return aIsNumber&&bIsNumber?compareNumbers(a,b):aIsNumber!==bIsNumber?
aIsNumber?-1:1:compareText(a,b)}function compareNumbers(a,b){return a.length===b.length?compareText(a,b):a.length-b.length}
function foldVersion(version){return splitAt(version,"+")[0].toLowerCase()}function isPrerelease(version){return versionParts(
version).prerelease.length>0}function next(number){return String(BigInt(number)+1n)}var KINDS=["model","data","recipe"],STAGE_WORDS=["development","staging","production","archived"],NAME_LIMIT=128,PRINCIPAL_LIMIT=64,
RESERVED_ENDINGS=[".sig",".toml",".lock"],WINDOWS_DEVICES=new Set(["con","prn","aux","nul",...numbered("com"),...numbered(
"lpt")]);function numbered(word){return Array.from({length:10},(_,i2)=>`${word}${i2}`)}function isKind(text){return text===
"model"||text==="data"||text==="recipe"}function parseKind(text){if(!isKind(text))throw new At1Error("usage/name",{message:`\
not a kind: '${text.slice(0,80)}'`,hint:`the kinds are ${KINDS.join(", ")}`});return text}function parseName(text){text.
length>NAME_LIMIT&&refuse("name",text,`is longer than ${NAME_LIMIT} bytes`);for(let part of text.split("/"))checkArtifactPart(
text,part);return text}function isName(text){return accepts(parseName,text)}function parsePrincipalName(text){return text.
length>PRINCIPAL_LIMIT&&refuse("principal name",text,`is longer than ${PRINCIPAL_LIMIT} bytes`),checkPart("principal nam\
e",text,text),text}function isPrincipalName(text){return accepts(parsePrincipalName,text)}function parseLaneName(text){return text.
length>PRINCIPAL_LIMIT&&refuse("stage or alias name",text,`is longer than ${PRINCIPAL_LIMIT} bytes`),checkPart("stage or\
 alias name",text,text),(isVersion(text)||text==="latest")&&refuse("stage or alias name",text,"means something else in a\
 reference"),text}function isLaneName(text){return accepts(parseLaneName,text)}function accepts(parse3,text){try{return parse3(
text),!0}catch(error){if(error instanceof At1Error)return!1;throw error}}function checkArtifactPart(whole,part){checkPart(
"name",whole,part),isVersion(part)&&refuse("name",whole,`has the part '${part}', which is a version`),part==="events"&&refuse(
"name",whole,"has the part 'events', which is the folder of events"),STAGE_WORDS.includes(part)&&refuse("name",whole,`ha\
s the part '${part}', which is a stage`)}function checkPart(what,whole,part){part===""&&refuse(what,whole,whole===""?"is\
 empty":"has an empty part");for(let c of part)isLetterOrDigit(c)||c==="-"||c==="_"||c==="."||(c>="A"&&c<="Z"&&refuse(what,
whole,"has capital letters",`write ${whole.toLowerCase()}`),refuse(what,whole,`has the character '${printable(c)}'`,"use\
 a-z, 0-9 and inside a name - _ ."));(!isLetterOrDigit(part[0])||!isLetterOrDigit(part[part.length-1]))&&refuse(what,whole,
`has the part '${part}', which must begin and end with a letter or digit`),part.includes("..")&&refuse(what,whole,"has t\
wo dots in a row");let ending=RESERVED_ENDINGS.find(reserved=>part.endsWith(reserved));ending!==void 0&&refuse(what,whole,
`has a part that ends in ${ending}`),WINDOWS_DEVICES.has(part.split(".")[0])&&refuse(what,whole,`has the part '${part}',\
 which Windows reserves for a device`)}function isLetterOrDigit(c){return c>="a"&&c<="z"||c>="0"&&c<="9"}function printable(c){
let code2=c.codePointAt(0);return code2>32&&code2<127?c:`U+${code2.toString(16).toUpperCase().padStart(4,"0")}`}function refuse(what,text,why,hint){
let shown=[...text.slice(0,NAME_LIMIT)].map(c=>c===" "?c:printable(c)).join("");throw new At1Error("usage/name",{message:`${what}\
 '${shown}' ${why}`,...hint===void 0?{}:{hint}})}init_errors();var OPERATORS=[">=","<=","^","~",">","<","="],CLAUSE_LIMIT=16,TEXT_LIMIT=1024;function parseRange(text){if(text.length>TEXT_LIMIT)
throw wrong(text,`longer than ${TEXT_LIMIT} characters`);let words=text.replaceAll(","," ").split(" ").filter(word=>word!==
"");if(words.length===0||words.length>CLAUSE_LIMIT)throw wrong(text,`it needs 1 to ${CLAUSE_LIMIT} conditions`);return{clauses:words.
map(word=>parseClause(text,word))}}function formatRange(range){return range.clauses.map(clause=>`${clause.operator}${numbersAndTail(
clause)}`).join(" ")}function looksLikeRange(text){return OPERATORS.some(operator=>text.startsWith(operator))}function parseClause(whole,word){
let operator=OPERATORS.find(candidate=>word.startsWith(candidate));if(operator===void 0)throw wrong(whole,`'${word}' has\
 no operator`,`write ^${word} or =${word}`);let text=word.slice(operator.length);if(isVersion(text)){let{numbers:numbers2,
prerelease,build}=versionParts(text);if(build.length>0)throw wrong(whole,"build metadata has no order, so it cannot boun\
d a range");return{operator,numbers:numbers2,prerelease}}let numbers=text.split(".");if(numbers.length>2||!numbers.every(
isNumber))throw wrong(whole,`'${text}' is not a version`);if(operator!=="^"&&operator!=="~"){let full=[...numbers,"0","0"].
slice(0,3).join(".");throw wrong(whole,`${operator} needs a whole version`,`write ${operator}${full}`)}return{operator,numbers,
prerelease:[]}}function satisfies(version,range){return isWithin(version,range)&&(versionParts(version).prerelease.length===
0||namesPrereleaseOf(version,range))}function isWithin(version,range){return range.clauses.every(clause=>holds(clause,version))}
function namesPrereleaseOf(version,range){let{numbers}=versionParts(version);return range.clauses.some(clause=>clause.prerelease.
length>0&&clause.numbers.every((number,i2)=>number===numbers[i2]))}function holds(clause,version){let low={numbers:padded(
clause.numbers),prerelease:clause.prerelease,build:[]},order=compareParts(versionParts(version),low);switch(clause.operator){case"\
=":return order===0;case">":return order>0;case">=":return order>=0;case"<=":return order<=0;case"<":return clause.prerelease.
length===0?isBelow(version,padded(clause.numbers)):order<0;case"^":return order>=0&&isBelow(version,caretLimit(clause.numbers));case"\
~":return order>=0&&isBelow(version,tildeLimit(clause.numbers))}}function isBelow(version,numbers){let limit={numbers,prerelease:[
"0"],build:[]};return compareParts(versionParts(version),limit)<0}function caretLimit(numbers){let firstNonZero=numbers.
findIndex(number=>number!=="0");return raisedAt(numbers,firstNonZero<0?numbers.length-1:firstNonZero)}function tildeLimit(numbers){
return raisedAt(numbers,numbers.length===1?0:1)}function raisedAt(numbers,at2){return padded([...numbers.slice(0,at2),next(
numbers[at2])])}function padded(numbers){return[numbers[0]??"0",numbers[1]??"0",numbers[2]??"0"]}function numbersAndTail(clause){
return`${clause.numbers.join(".")}${clause.prerelease.length===0?"":`-${clause.prerelease.join(".")}`}`}function wrong(text,why,hint="\
a range is ^1.2, ~1.2.3 or >=1.0.0 <2.0.0"){return new At1Error("usage/version",{message:`not a range: '${text.slice(0,80)}\
': ${why}`,hint})}var PREFIX="pacha://",HINT="write kind/name@version, such as model/fraud-detector@1.2.0";function parseReference(text){let plain=text.
startsWith(PREFIX)?text.slice(PREFIX.length):text,at2=[...plain].findIndex(c=>c==="@"||c===":"),path=at2<0?plain:plain.slice(
0,at2);if(path==="")throw wrong2(text,"it has no name");let slash=path.indexOf("/"),first=slash<0?"":path.slice(0,slash),
kind=isKind(first)?first:void 0,name=parseName(kind===void 0?path:path.slice(slash+1)),selector=at2<0?{kind:"latest"}:parseSelector(
text,plain[at2],plain.slice(at2+1));return{kind,name,selector}}function parseSelector(text,mark,value){if(value==="")throw wrong2(
text,`nothing follows the ${mark}`);if(value==="latest")return{kind:"latest"};if(isVersion(value))return{kind:"exact",version:value};
if(mark===":"){if(looksLikeRange(value)||value.startsWith("sha256:"))throw wrong2(text,`'${value.slice(0,80)}' follows a\
n @`);return{kind:"stage",name:parseLaneName(value)}}return value.startsWith("sha256:")?{kind:"digest",digest:parseDigest(
value)}:looksLikeRange(value)?{kind:"range",range:parseRange(value)}:{kind:"exact",version:parseExact(text,value)}}function parseExact(text,value){
let digit=value[0];if(value.startsWith("v")&&isVersion(value.slice(1)))return parseVersion(value);throw digit>="0"&&digit<=
"9"?wrong2(text,`'${value.slice(0,80)}' is not a whole version`,`^${value} is the range`):wrong2(text,`'${value.slice(0,
80)}' is not a version`,"stages and aliases follow a colon, as in name:production")}function formatReference(ref){return`${ref.
kind===void 0?ref.name:`${ref.kind}/${ref.name}`}${formatSelector(ref.selector)}`}function formatSelector(selector){switch(selector.
kind){case"exact":return`@${selector.version}`;case"range":return`@${formatRange(selector.range)}`;case"latest":return"@\
latest";case"stage":return`:${selector.name}`;case"digest":return`@${formatDigest(selector.digest)}`;default:return unreachable(
selector)}}function wrong2(text,why,hint=HINT){return new At1Error("usage/reference",{message:`not a reference: '${text.
slice(0,200)}': ${why}`,hint})}var last=0;function breathe(){if(!(performance.now()-last<50))return new Promise(resolve9=>{setTimeout(()=>{last=performance.
now(),resolve9()},0)})}init_errors();init_errors();init_text();init_text();init_errors();var NEWLINE=10,SPACE=32;function readHeaders(bytes,what){let headers=[],at2=0;for(;at2<bytes.length&&
bytes[at2]!==NEWLINE;){let start2=at2,end2=lineEnd(bytes,at2,what),parts=[fromLatin1(bytes.subarray(at2,end2-1))];for(;bytes[end2]===
SPACE;){let next3=lineEnd(bytes,end2,what);parts.push(fromLatin1(bytes.subarray(end2+1,next3-1))),end2=next3}let first=parts[0];
if(parts.some(part=>part.includes("\0")))return invalid(what,"a NUL in its header");let space=first.indexOf(" "),key=space<
0?first:first.slice(0,space);space>=0?parts[0]=first.slice(space+1):parts[0]="",headers.push({key,value:parts.join(`
`),start:start2,end:end2}),at2=end2}return{headers,bodyStart:Math.min(bytes.length,at2+1)}}function takeHeader(headers,index,key,what){
let header=headers[index];return header===void 0||header.key!==key?invalid(what,`no '${key}' where it belongs`):header.value.
includes(`
`)?invalid(what,`a '${key}' of several lines`):header.end-header.start===key.length+1?invalid(what,`a '${key}' without a\
 value`):header}function refuseRepeats(headers,keys,what){let seen=new Set;for(let{key}of headers)keys.includes(key)&&(seen.
has(key)&&invalid(what,`two '${key}' headers`),seen.add(key))}function invalid(what,problem){throw new At1Error("git/inv\
alid-object",{message:`a ${what} object has ${problem}`})}function lineEnd(bytes,from,what){let newline=bytes.indexOf(NEWLINE,
from);return newline<0?invalid(what,"a header line without end"):newline+1}function decodeText(bytes,encoding){if(encoding!==
void 0)try{return new TextDecoder(encoding,{ignoreBOM:!0}).decode(bytes)}catch{}return new TextDecoder("utf-8",{ignoreBOM:!0}).
decode(bytes)}function latin1Bytes(text){let out=new Uint8Array(text.length);for(let i2=0;i2<text.length;i2++)out[i2]=text.
charCodeAt(i2);return out}function withoutHeaders(bytes,removed){if(removed.length===0)return bytes;let out=new Uint8Array(
bytes.length-removed.reduce((sum,header)=>sum+header.end-header.start,0)),from=0,at2=0;for(let header of removed)out.set(
bytes.subarray(from,header.start),at2),at2+=header.start-from,from=header.end;return out.set(bytes.subarray(from),at2),out}init_oid();init_errors();var FORBIDDEN=/[<>\n\0]/;function parsePerson(text){let open3=text.indexOf("<"),close=open3<0?-1:text.indexOf(
">",open3);if(close<0)return{name:text.trim(),email:"",seconds:0,timezone:"+0000"};let date=/^ *(\d{1,15}) +([+-]\d{4})$/.
exec(text.slice(text.lastIndexOf(">")+1));return{name:text.slice(0,open3).replace(/ +$/,""),email:text.slice(open3+1,close),
seconds:date===null?0:Number(date[1]),timezone:date?.[2]??"+0000"}}function formatPerson(person){let{name,email,seconds,
timezone}=person;if(FORBIDDEN.test(name)||FORBIDDEN.test(email))throw new At1Error("usage/invalid",{message:"a name or e\
-mail address for git holds <, >, NUL or a line break",facts:{name,email},hint:"correct user.name and user.email"});if(!Number.
isSafeInteger(seconds)||seconds<0)throw new RangeError(`not a time git can store: ${seconds}`);if(!/^[+-]\d{4}$/.test(timezone))
throw new RangeError(`not a time zone: ${timezone}`);return`${name} <${email}> ${seconds} ${timezone}`}var MARKERS=[["-----BEGIN SSH SIGNATURE-----","ssh"],["-----BEGIN PGP SIGNATURE-----","pgp"],["-----BEGIN PGP MESSAGE---\
--","pgp"],["-----BEGIN SIGNED MESSAGE-----","x509"]];function signatureOf(armor){return{kind:MARKERS.find(([marker])=>armor.
startsWith(marker))?.[1]??"unknown",armor}}function trailingSignatureStart(bytes){let found;for(let line=0;line<bytes.length;){
bytes[line]===45&&MARKERS.some(([marker])=>startsWith(bytes,line,marker))&&(found=line);let next3=bytes.indexOf(10,line);
if(next3<0)break;line=next3+1}return found}function startsWith(bytes,at2,text){for(let i2=0;i2<text.length;i2++)if(bytes[at2+
i2]!==text.charCodeAt(i2))return!1;return!0}var WHAT="commit",SINGLE=["tree","author","committer","gpgsig","gpgsig-sha256","encoding"],SIGNATURE_HEADER="gpgsig";function parseCommit(bytes){
let{headers,bodyStart}=readHeaders(bytes,WHAT);refuseRepeats(headers,SINGLE,WHAT);let next3=0,tree=objectId(takeHeader(headers,
next3++,"tree",WHAT)),parents=[];for(;headers[next3]?.key==="parent";)parents.push(objectId(takeHeader(headers,next3++,"\
parent",WHAT)));let author=takeHeader(headers,next3++,"author",WHAT),committer=takeHeader(headers,next3++,"committer",WHAT),
rest=headers.slice(next3);rest.some(({key})=>key==="parent")&&invalid(WHAT,"a 'parent' after its committer");let encoding=rest.
find(({key})=>key==="encoding")?.value,signature=rest.find(({key})=>key===SIGNATURE_HEADER);return{tree,parents,author:parsePerson(
decodeText(latin1Bytes(author.value),encoding)),committer:parsePerson(decodeText(latin1Bytes(committer.value),encoding)),
message:decodeText(bytes.subarray(bodyStart),encoding),signature:signature===void 0?void 0:signatureOf(`${signature.value}\

`),payload:withoutHeaders(bytes,rest.filter(({key})=>key.startsWith(SIGNATURE_HEADER)))}}function parseLinks(bytes){let ids=[];
for(let at2=0;;){let key=ids.length===0?"tree ":"parent ",end2=at2+key.length+40,line=fromLatin1(bytes.subarray(at2,end2+
1)),id=line.slice(key.length,-1);if(!line.startsWith(key)||!line.endsWith(`
`)||!isOid(id))break;ids.push(parseOid(id)),at2=end2+1}let[tree,...parents]=ids;return tree===void 0?invalid(WHAT,"no 't\
ree' where it belongs"):{tree,parents}}function formatCommit(commit){if(commit.message.includes("\0"))throw new RangeError(
"a commit message cannot hold a NUL");let lines3=[`tree ${commit.tree}`,...commit.parents.map(parent=>`parent ${parent}`),
`author ${formatPerson(commit.author)}`,`committer ${formatPerson(commit.committer)}`];return utf8(`${lines3.join(`
`)}

${commit.message}`)}function objectId(header){return isOid(header.value)?parseOid(header.value):invalid(WHAT,`no object id after '${header.key}\
'`)}init_text();init_writer();init_errors();init_oid();var OID_BYTES=20,MODE_LIMIT=7,LONE_SURROGATE=new RegExp("\\p{Surrogate\
}","u"),strict=new TextDecoder("utf-8",{fatal:!0,ignoreBOM:!0});function isTree(entry2){return entry2.mode==="40000"}function parseTree(bytes){
let entries=[],names=new Set,previous;for(let at2=0;at2<bytes.length;){let span=entrySpan(bytes,at2),entry2=entryAt(bytes,
span),name=bytes.subarray(span.name,span.nul);names.has(entry2.name)&&fail(`a tree holds the name '${entry2.name}' twice`),
names.add(entry2.name);let tree=isTree(entry2);previous!==void 0&&compareTreeNames(previous.name,previous.tree,name,tree)>=
0&&fail(`a tree is not sorted at '${entry2.name}'`),previous={name,tree},entries.push(entry2),at2=span.end}return entries}
function entrySpan(bytes,start2){let space=start2,limit=Math.min(bytes.length,start2+MODE_LIMIT+1);for(;space<limit&&isOctalDigit(
bytes[space]);)space++;(space>=limit||space===start2||bytes[space]!==32)&&fail(`a tree entry has no mode (at offset ${start2}\
)`);let nul=bytes.indexOf(0,space+1);return(nul<0||nul+1+OID_BYTES>bytes.length)&&fail(`a tree is cut short (at offset ${start2}\
)`),{start:start2,name:space+1,nul,end:nul+1+OID_BYTES}}function isOctalDigit(byte){return byte>=48&&byte<=55}function entryAt(bytes,span){
let nameBytes=bytes.subarray(span.name,span.nul),name=decodeName(nameBytes),problem=badName(name);problem!==void 0&&fail(
`a tree holds ${problem}`);let rawMode=asciiText(bytes.subarray(span.start,span.name-1)),mode=canonicalMode(rawMode);mode===
void 0&&fail(`a tree entry has the unknown mode '${rawMode}'`);let oid=oidFromBytes(bytes.subarray(span.nul+1,span.end));
return rawMode===mode?{mode,name,oid}:{mode,name,oid,rawMode}}function formatTree(entries){let rows=[],names=new Set;for(let entry2 of entries){
let problem=badName(entry2.name)??(names.has(entry2.name)?`the name '${entry2.name}' twice`:void 0);problem!==void 0&&fail(
`a tree cannot hold ${problem}`),names.add(entry2.name),rows.push({name:encodeName(entry2.name),entry:entry2})}rows.sort(
(a,b)=>compareTreeNames(a.name,isTree(a.entry),b.name,isTree(b.entry)));let parts=[];for(let{name,entry:entry2}of rows)parts.
push(...partsOf(entry2,name));return concatBytes(parts)}function formatEntry(entry2){return concatBytes(partsOf(entry2,encodeName(
entry2.name)))}function partsOf(entry2,name){return[utf8(`${entry2.rawMode??entry2.mode} `),name,Uint8Array.of(0),oidToBytes(
entry2.oid)]}function compareTreeNames(a,aIsTree,b,bIsTree){let shared=Math.min(a.length,b.length),difference=compareBytes(
a.subarray(0,shared),b.subarray(0,shared));return difference!==0?difference:(a[shared]??(aIsTree?47:0))-(b[shared]??(bIsTree?
47:0))}function badName(name){if(name==="")return"an empty name";if(name==="."||name==="..")return`the name '${name}'`;if(name.
includes("/"))return`a name with a slash: '${name}'`;if(name.includes("\0"))return"a name with a NUL"}function canonicalMode(raw){
if(!/^0?(?:4[0-7]{4}|1[0-7]{5})$/.test(raw))return;let value=Number.parseInt(raw,8);switch(value&61440){case 16384:return"\
40000";case 32768:return(value&64)===0?"100644":"100755";case 40960:return"120000";case 57344:return"160000";default:return}}
function asciiText(bytes){return String.fromCharCode.apply(void 0,bytes)}function decodeName(bytes){try{return strict.decode(
bytes)}catch{return decodeEscaped(bytes)}}function decodeEscaped(bytes){let text="",from=0;for(let at2=0;at2<bytes.length;){
let length=sequenceLength(bytes,at2);length===0&&(text+=strict.decode(bytes.subarray(from,at2))+String.fromCharCode(56320+
bytes[at2]),from=at2+1),at2+=Math.max(1,length)}return text+strict.decode(bytes.subarray(from))}function sequenceLength(bytes,at2){
let first=bytes[at2];if(first<128)return 1;if(first<194||first>244)return 0;let length=first<224?2:first<240?3:4,low=first===
224?160:first===240?144:128,high=first===237?159:first===244?143:191,second=bytes[at2+1]??0;if(second<low||second>high)return 0;
for(let i2=at2+2;i2<at2+length;i2++)if(((bytes[i2]??0)&192)!==128)return 0;return length}function encodeName(name){if(!LONE_SURROGATE.
test(name))return utf8(name);let parts=[];for(let character of name){let code2=character.codePointAt(0);code2>=56448&&code2<=
56575?parts.push(Uint8Array.of(code2-56320)):code2>=55296&&code2<=57343?fail("a name holds a lone surrogate"):parts.push(
utf8(character))}return concatBytes(parts)}function fail(message){throw new At1Error("git/invalid-object",{message})}async function readCommit(reader,oid){return parseCommit(await readTyped(reader,oid,"commit"))}async function readLinks(reader,oid){
return parseLinks(await readTyped(reader,oid,"commit"))}async function readTreeBytes(reader,oid){return readTyped(reader,
oid,"tree")}async function readTreeEntries(reader,oid){return parseTree(await readTreeBytes(reader,oid))}async function readBlob(reader,oid){
return readTyped(reader,oid,"blob")}async function readSmallBlob(reader,oid,limit){let bytes;try{bytes=await readTyped(reader,
oid,"blob",limit)}catch(error){if(!(error instanceof At1Error&&error.code==="git/object-too-large"))throw error}if(bytes!==
void 0&&bytes.length<=limit)return bytes;throw new At1Error("document/too-large",{message:`the file has more than the ${limit}\
 bytes it may have`,facts:{oid,limit}})}async function isAncestor(reader,ancestor,tip,shallow){let seen=new Set([tip]);for(let oid of seen){
if(oid===ancestor)return!0;if(!shallow.has(oid))for(let parent of(await readLinks(reader,oid)).parents)seen.add(parent)}
return!1}async function readTyped(reader,oid,type,limit){let object=await reader.read(oid,limit);if(object.type===type)return object.
bytes;throw new At1Error("git/invalid-object",{message:`${oid} is a ${object.type}, not a ${type}`,facts:{oid}})}init_errors();var SMALL=4096,SCANS=8,TWICE="twice",asked2=new WeakMap;function entryNamed(tree,name){if(tree.length<SMALL)return scan(
tree,encodeName(name));let known2=asked2.get(tree)??{times:0,index:void 0};if(known2.times++,asked2.set(tree,known2),known2.
times<=SCANS)return scan(tree,encodeName(name));known2.index??=indexOf(tree);let place2=known2.index.get(name);if(place2!==
void 0){if(place2===TWICE)throw nameTwice();return entryAt(place2.bytes,entrySpan(place2.bytes,place2.start))}}function isAsked(tree){
return asked2.has(tree)}function handOnIndex(before,after,changes){let known2=asked2.get(before);if(known2===void 0||after.
length<SMALL||asked2.has(after))return;asked2.delete(before);let{index}=known2;asked2.set(after,{times:known2.times,index:index!==
void 0&&apply(index,changes)?index:void 0})}function apply(index,changes){for(let[gone2]of changes)if(gone2!==void 0){if(index.
get(gone2.name)===TWICE)return!1;index.delete(gone2.name)}for(let[,come]of changes)if(come!==void 0){if(index.has(come.name))
return!1;index.set(come.name,{bytes:formatEntry(come),start:0})}return!0}function indexOf(tree){let index=new Map;for(let at2=0;at2<
tree.length;){let span=entrySpan(tree,at2),name=decodeName(tree.subarray(span.name,span.nul));index.set(name,index.has(name)?
TWICE:{bytes:tree,start:span.start}),at2=span.end}return index}function scan(bytes,name){let found;for(let at2=0;at2<bytes.
length;){let span=entrySpan(bytes,at2);if(span.nul-span.name===name.length&&matches(bytes,span.name,name)){if(found!==void 0)
throw nameTwice();found=span}at2=span.end}return found===void 0?void 0:entryAt(bytes,found)}function matches(bytes,at2,name){
for(let i2=0;i2<name.length;i2++)if(bytes[at2+i2]!==name[i2])return!1;return!0}function nameTwice(){return new At1Error(
"git/invalid-object",{message:"a tree holds a name twice"})}var UNBOUND={depth:1024,entries:Number.POSITIVE_INFINITY},SHORT2=1e4,BREATH=1024,MANY=1024,NOTHING=new Uint8Array(0);function diffTrees(reader,before,after,prefix="",bound=UNBOUND){
return walk(new Walk(reader,before,after,bound),before,after,prefix,0)}var Walk=class{reader;bound;#sides;#entries=0;constructor(reader,before,after,bound){
this.reader=reader,this.bound=bound,this.#sides=[before,after]}next(){if(this.#entries++,this.bound.together!==void 0&&this.
bound.together.left--<=0)throw tooMany(this.bound);return this.#entries===SHORT2&&this.bound!==UNBOUND?this.#countOut():
this.#entries%BREATH===0?breathe():void 0}async#countOut(){await countChanges(this.reader,...this.#sides,this.bound,0)}},
counted=new WeakMap;async function countChanges(reader,before,after,bound,depth){if(before===after)return 0;if(depth>bound.
depth)throw tooDeep(bound);let known2=counted.get(reader)??new Map;counted.set(reader,known2);let key=`${before??""}:${after??
""}`,count2=known2.get(key)??0;if(count2===0){let[old,now]=await bothTrees(reader,before,after);for(let[a,b]of differingEntries(
old,now))if(count2+=1+await countChanges(reader,folderOf(a),folderOf(b),bound,depth+1),count2>bound.entries)break;known2.
set(key,count2)}if(count2<=bound.entries)return count2;throw tooMany(bound)}function tooMany({entries:limit}){return new At1Error(
"document/too-large",{message:`folders hold more than ${limit} changes`,facts:{limit}})}async function bothTrees(reader,before,after){
return[before===void 0?NOTHING:await readTreeBytes(reader,before),after===void 0?NOTHING:await readTreeBytes(reader,after)]}
function folderOf(entry2){return entry2!==void 0&&isTree(entry2)?entry2.oid:void 0}function tooDeep(bound){let message="\
folders are nested too deeply";return new At1Error(bound===UNBOUND?"git/invalid-object":"document/too-large",{message})}
async function*walk(state,before,after,prefix,depth){if(before===after)return;if(depth>state.bound.depth)throw tooDeep(state.
bound);let[old,now]=await bothTrees(state.reader,before,after),changes=isAsked(old)?[]:void 0;for(let change2 of differingEntries(
old,now)){changes?.push(change2),changes?.length===MANY&&(changes=void 0);let[a,b]=change2,pause=state.next();pause!==void 0&&
await pause;let path=prefix+(b??a).name,fileBefore=a!==void 0&&!isTree(a)?a:void 0,fileAfter=b!==void 0&&!isTree(b)?b:void 0;
(fileBefore!==void 0||fileAfter!==void 0)&&(yield{path,before:fileBefore,after:fileAfter});let treeBefore=folderOf(a),treeAfter=folderOf(
b);treeBefore!==treeAfter&&(yield*walk(state,treeBefore,treeAfter,`${path}/`,depth+1))}changes!==void 0&&handOnIndex(old,
now,changes)}function*differingEntries(a,b){let[x2,y]=[viewOf(a),viewOf(b)],i2=0,j=0;for(;;){let skipped=equalEntries(x2,
i2,y,j);if(i2+=skipped,j+=skipped,i2>=a.length&&j>=b.length)return;let left=i2<a.length?entrySpan(a,i2):void 0,right=j<b.
length?entrySpan(b,j):void 0,order=compareSpans(a,left,b,right);order<=0&&left!==void 0&&(i2=left.end),order>=0&&right!==
void 0&&(j=right.end),yield[order<=0&&left!==void 0?entryAt(a,left):void 0,order>=0&&right!==void 0?entryAt(b,right):void 0]}}
function equalEntries(a,i2,b,j){let equal=equalBytesFrom(a,i2,b,j),boundary=0;for(let at2=0;at2<equal;at2++)if(a.getUint8(
i2+at2)===0){if(at2+=20,at2>=equal)break;boundary=at2+1}return boundary}function equalBytesFrom(a,i2,b,j){let limit=Math.
min(a.byteLength-i2,b.byteLength-j),at2=0;for(;at2+4<=limit&&a.getInt32(i2+at2)===b.getInt32(j+at2);)at2+=4;for(;at2<limit&&
a.getUint8(i2+at2)===b.getUint8(j+at2);)at2++;return at2}function viewOf(bytes){return new DataView(bytes.buffer,bytes.byteOffset,
bytes.length)}function compareSpans(a,left,b,right){return left===void 0?1:right===void 0?-1:compareTreeNames(a.subarray(
left.name,left.nul),isFolder(a,left),b.subarray(right.name,right.nul),isFolder(b,right))}function isFolder(bytes,span){return bytes[bytes[span.
start]===48?span.start+1:span.start]===52}async function findEntry(reader,tree,path){let folder=tree,parts=path.split("/");
for(let depth=0;depth<parts.length;depth++){let entry2=entryNamed(await readTreeBytes(reader,folder),parts[depth]);if(depth===
parts.length-1||entry2===void 0)return entry2;if(!isTree(entry2))return;folder=entry2.oid}}function listTree(reader,tree,prefix="",bound=UNBOUND){
return list(new Walk(reader,void 0,tree,bound),tree,prefix,0)}async function*list(state,tree,prefix,depth){if(depth>state.
bound.depth)throw tooDeep(state.bound);for(let entry2 of parseTree(await readTreeBytes(state.reader,tree))){let pause=state.
next();pause!==void 0&&await pause;let path=prefix+entry2.name;isTree(entry2)?yield*list(state,entry2.oid,`${path}/`,depth+
1):yield{path,entry:entry2}}}init_errors();init_interrupt();import{spawn}from"node:child_process";var REDIRECTING=["GIT_DIR","GIT_WORK_TREE","GIT_IND\
EX_FILE","GIT_OBJECT_DIRECTORY","GIT_ALTERNATE_OBJECT_DIRECTORIES","GIT_COMMON_DIR","GIT_NAMESPACE","GIT_PREFIX","GIT_QU\
ARANTINE_PATH"],OUTPUT_LIMIT=64*1024*1024;function runGitIn(program,repository,args,options={}){let place2=[`--git-dir=${repository.
gitDir}`];return repository.workTree!==void 0&&place2.push(`--work-tree=${repository.workTree}`),runGit(program,[...place2,
...args],repository.workTree??repository.gitDir,options)}function runGit(program,args,cwd,options={}){let env={...program.
environment,GIT_TERMINAL_PROMPT:"0",LC_ALL:"C"};for(let name of REDIRECTING)delete env[name];return options.indexFile!==
void 0&&(env.GIT_INDEX_FILE=options.indexFile),new Promise((resolve9,reject)=>{let child=spawn(program.path,[...args],{...cwd===
void 0?{}:{cwd},...options.signal===void 0?{}:{signal:options.signal},env,stdio:["pipe","pipe","pipe"],windowsHide:!0}),
forget=onInterrupt(()=>child.kill()),[out,err3]=[collect(child.stdout),collect(child.stderr)];child.on("error",cause=>{forget(),
cause.name==="AbortError"?reject(cause):reject(new At1Error("capability/missing",{message:"cannot start git",hint:"insta\
ll git",cause}))}),child.on("close",code2=>{forget(),resolve9({code:code2??128,stdout:out(),stderr:err3()})}),child.stdin.
on("error",()=>{}),child.stdin.end(options.input)})}function collect(stream){let chunks=[],length=0;return stream.on("da\
ta",chunk=>{length+=chunk.length,length<=OUTPUT_LIMIT&&chunks.push(chunk)}),()=>new TextDecoder().decode(Buffer.concat(chunks))}init_oid();var WHAT2="tag",SINGLE2=["object","type","tag","tagger","gpgsig","gpgsig-sha256"],SHORTEST=64;function parseTag(bytes){if(bytes.
length<SHORTEST)return invalid(WHAT2,"fewer bytes than git reads as a tag");let{headers,bodyStart}=readHeaders(bytes,WHAT2);
refuseRepeats(headers,SINGLE2,WHAT2);let object=takeHeader(headers,0,"object",WHAT2).value;if(!isOid(object))return invalid(
WHAT2,"no object id after 'object'");let type=takeHeader(headers,1,"type",WHAT2).value;if(!isObjectType(type))return invalid(
WHAT2,`the unknown type '${type}'`);let name=takeHeader(headers,2,"tag",WHAT2).value,tagger=headers[3]?.key==="tagger"?takeHeader(
headers,3,"tagger",WHAT2).value:void 0,rest=headers.slice(tagger===void 0?3:4);rest.some(({key})=>key==="tagger")&&invalid(
WHAT2,"a 'tagger' in the wrong place");let start2=trailingSignatureStart(bytes);start2!==void 0&&start2<bodyStart&&invalid(
WHAT2,"a signature inside its header");let end2=start2??bytes.length,foreign=rest.filter(({key})=>key==="gpgsig"||key===
"gpgsig-sha256");return{object,type,name:decodeText(latin1Bytes(name),void 0),tagger:tagger===void 0?void 0:parsePerson(
decodeText(latin1Bytes(tagger),void 0)),message:decodeText(bytes.subarray(bodyStart,end2),void 0),signature:start2===void 0?
void 0:signatureOf(decodeText(bytes.subarray(start2),void 0)),payload:start2===void 0?bytes:withoutHeaders(bytes.subarray(
0,end2),foreign)}}import{createHash as createHash2}from"node:crypto";init_oid();function adler32Of(bytes,before){let a=before&65535,b=before>>>16;for(let start2=0;start2<bytes.length;start2+=5552){let end2=Math.
min(start2+5552,bytes.length);for(let i2=start2;i2<end2;i2++)a+=bytes[i2],b=b+a|0;a%=65521,b=(b>>>0)%65521}return(b<<16|
a)>>>0}function searchFrom(start2,end2,sizes){let last2=Math.min(end2,start2+sizes.most),first=Math.min(last2,start2+sizes.least-
1),bits2=Math.log2(sizes.average);return{warm:Math.min(last2,start2+sizes.least-32),first,turn:Math.min(last2,start2+sizes.
average),last:last2,strict:2**(32-bits2-2),loose:2**(32-bits2+2)}}function checkSizes({least,average,most}){let whole=[least,
average,most].every(Number.isSafeInteger),ordered2=least>=64&&least<average&&average<most&&average<=2**26;if(!whole||!ordered2||
!Number.isInteger(Math.log2(average)))throw new RangeError(`not sizes of pieces: ${least}, ${average}, ${most}`)}function cutPointsOf(data2,sizes){
checkSizes(sizes);let gear=gearTable(),cuts=[];for(let start2=0;start2<data2.length;)start2=nextCut(data2,gear,searchFrom(
start2,data2.length,sizes)),cuts.push(start2);return cuts}function nextCut(data2,gear,search){let hash=0;for(let i2=search.
warm;i2<search.last;i2++)if(hash=(hash<<1)+gear[data2[i2]]>>>0,i2>=search.first&&hash<(i2<search.turn?search.strict:search.
loose))return i2+1;return search.last}function gearTable(){let state=0;return Uint32Array.from({length:256},()=>{state=state+
2654435769|0;let word=Math.imul(state^state>>>16,569420461);return word=Math.imul(word^word>>>15,1935289751),word^word>>>
15})}var free=[],lent=new WeakSet;function takeScratch(length){if(length<262144||length>8454144)return new Uint8Array(length);
let buffer=free.pop()??new ArrayBuffer(8454144),bytes=new Uint8Array(buffer,0,length);return lent.add(bytes),bytes}function giveScratch(bytes){
lent.delete(bytes)&&free.length<8&&free.push(bytes.buffer)}var FORWARD2={split:()=>{},rotate:code2=>shiftLeft(code2,topBit(code2)),difference:(code2,base)=>{subtract(code2,base),zigzag(
code2)},ordered:(code2,base)=>{toOrder(code2),toOrder(base),subtract(code2,base),zigzag(code2)}},BACKWARD={split:()=>{},
rotate:code2=>shiftRight(code2,bitOf(code2,0)),difference:(code2,base)=>{undoZigzag(code2),add(code2,base)},ordered:(code2,base)=>{
toOrder(base),undoZigzag(code2),add(code2,base),fromOrder(code2)}},wholes=new WeakMap;function planesOf(width,count2){let all=takeScratch(
width*count2),planes=Array.from({length:width},(_,plane)=>all.subarray(plane*count2,(plane+1)*count2));return wholes.set(
planes[0],all),planes}function splitElements(elements,width,mode,base){let count2=elements.length/width,planes=planesOf(
width,count2),code2=new Uint8Array(width),other2=new Uint8Array(width),change2=FORWARD2[mode];for(let i2=0;i2<count2;i2++){
for(let p=0;p<width;p++)code2[p]=at(elements,i2*width+p),other2[p]=base?.[i2*width+p]??0;change2(code2,other2);for(let p=0;p<
width;p++)planes[p][i2]=at(code2,p)}return planes}function mergePlanes(planes,mode,out,base){let width=planes.length,count2=out.
length/width,code2=new Uint8Array(width),other2=new Uint8Array(width),change2=BACKWARD[mode];for(let i2=0;i2<count2;i2++){
for(let p=0;p<width;p++)code2[p]=at(planes[p],i2),other2[p]=base?.[i2*width+p]??0;change2(code2,other2),out.set(code2,i2*
width)}}function at(bytes,index){return bytes[index]}function topBit(number){return at(number,number.length-1)>>>7}function bitOf(number,index){
return at(number,index)&1}function shiftLeft(number,bit){let carry=bit;for(let p=0;p<number.length;p++){let byte=at(number,
p);number[p]=byte<<1|carry,carry=byte>>>7}}function shiftRight(number,bit){let carry=bit;for(let p=number.length-1;p>=0;p--){
let byte=at(number,p);number[p]=byte>>>1|carry<<7,carry=byte&1}}function invert(number){for(let p=0;p<number.length;p++)
number[p]=~at(number,p)}function subtract(number,other2){let borrow=0;for(let p=0;p<number.length;p++){let difference=at(
number,p)-at(other2,p)-borrow;number[p]=difference,borrow=difference<0?1:0}}function add(number,other2){let carry=0;for(let p=0;p<
number.length;p++){let sum=at(number,p)+at(other2,p)+carry;number[p]=sum,carry=sum>>>8}}function zigzag(number){let negative=topBit(
number)===1;shiftLeft(number,0),negative&&invert(number)}function undoZigzag(number){let negative=bitOf(number,0)===1;shiftRight(
number,0),negative&&invert(number)}function toOrder(number){topBit(number)===1?invert(number):flipTop(number)}function fromOrder(number){
topBit(number)===1?flipTop(number):invert(number)}function flipTop(number){number[number.length-1]=at(number,number.length-
1)^128}init_errors();var PLANE_SET_VERSION=1,MAX_SEGMENT=16*1024*1024,PLANE_SET_SLACK=64*1024,MODES=["split","rotate","differen\
ce","ordered"],CODER_STORED=0,CODER_RANS=1,CODER_ZSTD=2,BLOCK_LENGTH=65536,BLOCK_STORED=0,BLOCK_CODED=1,BLOCK_RUN=2,BLOCK_AS_BEFORE=3,
VALUES=256,FREQUENCY_SUM=4096,LOWEST_STATE=65536,STATES_LENGTH=16;function parseMode(id){let mode=MODES[id];if(mode===void 0)
throw malformed(`unknown mode ${id} of a plane set`);return mode}function formatMode(mode){return MODES.indexOf(mode)}function needsBase(mode){
return mode==="difference"||mode==="ordered"}function parseWidth(width){if(width!==1&&width!==2&&width!==4&&width!==8)throw malformed(
`elements of a plane set have 1, 2, 4 or 8 bytes, not ${width}`);return width}function malformed(message,cause){return new At1Error(
"transform/malformed",{message,cause})}var MOST_BITS=11,KRAFT=2**MOST_BITS;var JUMP_TABLE=6,SHORTEST2=10,LEAST_REPEAT=6;function encodeHuffmanBlock(block,codes){let streams=quartersOf(block).map(
quarter=>encodeStream(quarter,codes)),table2=new Uint8Array(JUMP_TABLE),view2=new DataView(table2.buffer);for(let i2=0;i2<
3;i2++)view2.setUint16(2*i2,streams[i2].length,!0);return Uint8Array.from([...table2,...streams.flat()])}function encodeStream(bytes,codes){
let stream=[],bits2=0,count2=0,add4=(code2,length)=>{for(bits2+=code2*2**count2,count2+=length;count2>=8;count2-=8)stream.
push(bits2%256),bits2=Math.floor(bits2/256)};for(let i2=bytes.length-1;i2>=0;i2--){let code2=codes[bytes[i2]];add4(code2&
65535,code2>>>16)}return add4(1,1),count2>0&&stream.push(bits2),stream}function decodeHuffmanBlock(code2,decoding,out){if(code2.
length<SHORTEST2)return!1;let view2=new DataView(code2.buffer,code2.byteOffset,code2.length),ends=[0,1,2].map(i2=>view2.
getUint16(2*i2,!0)),parts=quartersOf(out),begin=JUMP_TABLE;for(let[i2,part]of parts.entries()){let end2=i2===3?code2.length:
begin+ends[i2];if(end2<=begin||end2>code2.length||!decodeStream(code2.subarray(begin,end2),decoding,part))return!1;begin=
end2}return!0}function decodeStream(stream,decoding,out){let mark=stream[stream.length-1];if(mark===0)return!1;let left=8*
stream.length-8+31-Math.clz32(mark);for(let i2=0;i2<out.length;i2++){let next3=0;for(let bit=left-1;bit>=left-MOST_BITS;bit--)
next3=2*next3+(bit<0?0:stream[bit>>3]>>bit%8&1);let entry2=decoding[next3];if(out[i2]=entry2>>8,left-=entry2&255,left<0)
return!1}return left===0}function quartersOf(bytes){let quarter=bytes.length+3>>2;return[0,1,2,3].map(i2=>bytes.subarray(
i2*quarter,i2===3?bytes.length:(i2+1)*quarter))}function repeatsIn(bytes){let view2=new DataView(bytes.buffer,bytes.byteOffset,
bytes.length),seen=new Int32Array(4096).fill(-1),[count2,covered]=[0,0];for(let at2=0;at2+8<=bytes.length;){let low=view2.
getUint32(at2,!0),high=view2.getUint16(at2+4,!0),slot=(Math.imul(low,2654435761)^Math.imul(high,2246822507))>>>20,before=seen[slot];
if(seen[slot]=at2,before<0||view2.getUint32(before,!0)!==low||view2.getUint16(before+4,!0)!==high){at2++;continue}let same=LEAST_REPEAT;
for(;at2+same<bytes.length&&bytes[before+same]===bytes[at2+same];)same++;count2++,covered+=same,at2+=same}return{count:count2,
bytes:covered}}var WORD=65536;function encodeRansBlock(block,frequencies){let starts=startsOf(frequencies),states=new Array(4).fill(LOWEST_STATE),
words=[];for(let i2=block.length-1;i2>=0;i2--){let value=block[i2],frequency=frequencies[value],state=states[i2&3];state>=
frequency*2**20&&(words.push(state%WORD),state=Math.floor(state/WORD));let quotient=Math.floor(state/frequency);states[i2&
3]=quotient*FREQUENCY_SUM+(state-quotient*frequency)+starts[value]}let code2=new Uint8Array(STATES_LENGTH+2*words.length),
view2=new DataView(code2.buffer);return states.forEach((state,i2)=>{view2.setUint32(4*i2,state,!0)}),words.reverse().forEach(
(word,i2)=>{view2.setUint16(STATES_LENGTH+2*i2,word,!0)}),code2}function decodeRansBlock(code2,frequencies,out){let starts=startsOf(
frequencies),valueAt=new Uint8Array(FREQUENCY_SUM);frequencies.forEach((frequency,value)=>{let start2=starts[value];valueAt.
fill(value,start2,start2+frequency)});let view2=new DataView(code2.buffer,code2.byteOffset,code2.length),states=[0,4,8,12].
map(at3=>view2.getUint32(at3,!0));if(states.some(state=>state<LOWEST_STATE))return!1;let at2=STATES_LENGTH;for(let i2=0;i2<
out.length;i2++){let state=states[i2&3],slot=state%FREQUENCY_SUM,value=valueAt[slot],next3=frequencies[value]*Math.floor(
state/FREQUENCY_SUM)+slot-starts[value];if(next3<LOWEST_STATE){if(at2>=code2.length)return!1;next3=next3*WORD+view2.getUint16(
at2,!0),at2+=2}states[i2&3]=next3,out[i2]=value}return at2===code2.length&&states.every(state=>state===LOWEST_STATE)}function startsOf(frequencies){
let starts=new Uint16Array(VALUES);for(let value=1;value<VALUES;value++)starts[value]=starts[value-1]+frequencies[value-
1];return starts}var scriptKernel={name:"script",split:splitElements,merge:mergePlanes,histogram,encodeBlock:encodeRansBlock,decodeBlock:decodeRansBlock,
encodeHuffman:encodeHuffmanBlock,decodeHuffman:decodeHuffmanBlock,repeats:repeatsIn,adler32:adler32Of,cutPoints:cutPointsOf};
function histogram(bytes){let counts=new Uint32Array(VALUES);for(let byte of bytes)counts[byte]=counts[byte]+1;return counts}var APART=64;async function instantiateKernel(module){let{WebAssembly:WebAssembly2}=globalThis,{instance}=await WebAssembly2.
instantiate(module),wasm=instance.exports,memory=new Uint8Array(wasm.memory.buffer);return memory.set(bytesOfWords(gearTable()),
wasm.GEAR.value),kernelOf(wasm,memory)}function kernelOf(wasm,memory){let[piece,input,output2]=[wasm.PIECE.value,wasm.INPUT.
value,wasm.OUTPUT.value],base=wasm.BASE.value,view2=new DataView(memory.buffer),encoderTable,decoderTable,decodingTable;
function split2(elements,width,mode,other2){let count2=elements.length/width,planes=planesOf(width,count2),most=piece/width;
for(let at2=0;at2<count2;at2+=most){let now=Math.min(most,count2-at2);memory.set(elements.subarray(at2*width,(at2+now)*width),
input),other2!==void 0&&memory.set(other2.subarray(at2*width,(at2+now)*width),base),mode!=="split"&&wasm[`forward${width}`](
formatMode(mode),now*width),wasm[`split${width}`](now,most+APART);for(let p=0,from=output2;p<width;p++,from+=most+APART)
planes[p].set(memory.subarray(from,from+now),at2)}return planes}function merge(planes,mode,out,other2){let width=planes.
length,count2=out.length/width,most=piece/width;for(let at2=0;at2<count2;at2+=most){let now=Math.min(most,count2-at2);for(let p=0,
to=input;p<width;p++,to+=most+APART)memory.set(planes[p].subarray(at2,at2+now),to);other2!==void 0&&memory.set(other2.subarray(
at2*width,(at2+now)*width),base),wasm[`merge${width}`](now,most+APART),mode!=="split"&&wasm[`backward${width}`](formatMode(
mode),now*width),out.set(memory.subarray(output2,output2+now*width),at2*width)}}function histogram2(bytes){let counts=new Uint32Array(
VALUES);for(let at2=0;at2<bytes.length;at2+=piece){let now=bytes.subarray(at2,at2+piece);memory.set(now,input),wasm.histogram(
now.length);for(let value=0;value<VALUES;value++)counts[value]=counts[value]+view2.getUint32(wasm.COUNTS.value+4*value,!0)}
return counts}function encodeBlock(block,frequencies){encoderTable!==frequencies&&(memory.set(bytesOfWords(frequencies),
wasm.FREQUENCIES.value),wasm.prepareEncoder(),encoderTable=frequencies),memory.set(block,input);let begin=wasm.encode(block.
length),code2=new Uint8Array(STATES_LENGTH+wasm.WORDS_END.value-begin);return code2.set(memory.subarray(wasm.STATES.value,
wasm.STATES.value+STATES_LENGTH)),code2.set(memory.subarray(begin,wasm.WORDS_END.value),STATES_LENGTH),code2}function decodeBlock2(code2,frequencies,out){
return code2.length-STATES_LENGTH>2*out.length||(decoderTable!==frequencies&&(memory.set(bytesOfWords(frequencies),wasm.
FREQUENCIES.value),wasm.prepareDecoder(),decoderTable=frequencies),memory.set(code2.subarray(0,STATES_LENGTH),wasm.STATES.
value),memory.set(code2.subarray(STATES_LENGTH),input),wasm.decode(out.length,(code2.length-STATES_LENGTH)/2)===0)?!1:(out.
set(memory.subarray(output2,output2+out.length)),!0)}function encodeHuffman(block,codes){return memory.set(bytesOfWords(
codes),wasm.CODES.value),memory.set(block,input),memory.slice(output2,wasm.encodeHuffman(block.length))}function decodeHuffman(code2,decoding,out){
return code2.length<SHORTEST2||code2.length>piece||(decodingTable!==decoding&&(memory.set(bytesOfWords(decoding),wasm.DECODING.
value),decodingTable=decoding),memory.set(code2,input),wasm.decodeHuffman(out.length,code2.length)===0)?!1:(out.set(memory.
subarray(output2,output2+out.length)),!0)}function repeats(bytes){let now=bytes.subarray(0,piece);memory.set(now,input),
wasm.findRepeats(now.length);let at2=wasm.REPEATS.value;return{count:view2.getUint32(at2,!0),bytes:view2.getUint32(at2+4,
!0)}}function adler322(bytes,before){let sum=before;for(let at2=0;at2<bytes.length;at2+=piece){let now=bytes.subarray(at2,
at2+piece);memory.set(now,input),sum=wasm.adler32(now.length,sum)}return sum>>>0}function cutPoints(data2,sizes){checkSizes(
sizes);let cuts=[],loaded3=0,loadedEnd=0,rollOver=(from,to,limit)=>{for(let at2=from;at2<to;){(at2<loaded3||at2>=loadedEnd)&&
(loaded3=at2,loadedEnd=Math.min(data2.length,at2+piece),memory.set(data2.subarray(loaded3,loadedEnd),input));let end2=Math.
min(to,loadedEnd),found=wasm.roll(at2-loaded3,end2-loaded3,limit);if(found<end2-loaded3)return loaded3+found+1;at2=end2}};
for(let start2=0;start2<data2.length;){let{warm:warm2,first,turn,last:last2,strict:strict2,loose}=searchFrom(start2,data2.
length,sizes);wasm.startHash(),rollOver(warm2,first,0),start2=rollOver(first,turn,strict2)??rollOver(Math.max(first,turn),
last2,loose)??last2,cuts.push(start2)}return cuts}return{name:"wasm",split:split2,merge,histogram:histogram2,encodeBlock,
decodeBlock:decodeBlock2,encodeHuffman,decodeHuffman,repeats,adler32:adler322,cutPoints}}var LITTLE_ENDIAN=new Uint8Array(
Uint16Array.of(1).buffer)[0]===1;function bytesOfWords(words){if(LITTLE_ENDIAN)return new Uint8Array(words.buffer,words.
byteOffset,words.byteLength);let size=words.BYTES_PER_ELEMENT,view2=new DataView(new ArrayBuffer(words.length*size));return words.
forEach((word,i2)=>{size===2?view2.setUint16(2*i2,word,!0):view2.setUint32(4*i2,word,!0)}),new Uint8Array(view2.buffer)}var loaded;function loadKernel(){return loaded??=chooseKernel(loadWasmKernel),loaded}async function chooseKernel(load){try{
return await load()}catch{return scriptKernel}}async function loadWasmKernel(){let{KERNEL_WASM:KERNEL_WASM2}=await Promise.resolve().then(()=>(init_kernel_wasm(),kernel_wasm_exports));
return instantiateKernel(Uint8Array.from(atob(KERNEL_WASM2),letter=>letter.charCodeAt(0)))}var SMALL_OBJECT=1024*1024,MEMORY_STEP=1024*1024;function oidOf(type,bytes){return createHash2("sha1").update(objectHeader(type,bytes.length)).update(bytes).digest("hex")}init_errors();init_text();init_errors();var CONTROLS=[[0,8],[11,12],[14,31],[127,159],[55296,57343]],INVISIBLE=[[13,13],[173,173],[847,847],[1564,1564],[4447,4448],
[6068,6069],[6158,6158],[8203,8207],[8232,8238],[8288,8303],[12644,12644],[65279,65279],[65440,65440],[65529,65531],[917504,
921599]],CONTROL=anyOf(CONTROLS,"u"),HIDDEN=anyOf([...CONTROLS,...INVISIBLE],"u"),EVERY_HIDDEN=anyOf([...CONTROLS,...INVISIBLE],
"gu");function anyOf(ranges,flags){let parts=ranges.map(([first,last2])=>`\\u{${first.toString(16)}}-\\u{${last2.toString(
16)}}`);return new RegExp(`[${parts.join("")}]`,flags)}function findHidden(text){return text.search(HIDDEN)}function findControl(text){
return text.search(CONTROL)}function escapeHidden(text){return text.replace(EVERY_HIDDEN,c=>escapeCharacter(c.codePointAt(
0)))}function escapeCharacter(code2){if(code2===13)return"\\r";let hex=code2.toString(16).toUpperCase();return code2>65535?
`\\U${hex.padStart(8,"0")}`:`\\u${hex.padStart(4,"0")}`}function nameCharacter(text,at2){return`U+${text.codePointAt(at2).
toString(16).toUpperCase().padStart(4,"0")}`}var PATH_LIMIT=4096,PART_LIMIT=255;function parseRelPath(text){let problem=problemOf(text);if(problem!==void 0){let shown=text.
slice(0,200).replace(/[^\x20-\x7e]/g,"?");throw new At1Error("usage/path",{message:`path '${shown}' ${problem}`,facts:{path:shown}})}
return text}function problemOf(text){if(text==="")return"is empty";if(text.length>PATH_LIMIT||utf8(text).length>PATH_LIMIT)
return`is longer than ${PATH_LIMIT} bytes`;if(text.includes("\\"))return"has a backslash";if(text.includes(`
`)||text.includes("	"))return"has a line feed or tab";let hidden=findHidden(text);if(hidden>=0)return`has the invisible \
character ${nameCharacter(text,hidden)}`;if(/^[A-Za-z]:/.test(text))return"begins with a drive letter";if(text.normalize(
"NFC")!==text)return"is not in Unicode form NFC";for(let part of text.split("/")){if(part==="")return"has an empty part";
if(part==="."||part==="..")return`has the part '${part}'`;if(utf8(part).length>PART_LIMIT)return`has a part longer than ${PART_LIMIT}\
 bytes`;if(isGitFolder(part))return`has the part '${part}'`}}function isGitFolder(part){return/^(?:\.git|git~1)[. ]*(?::|$)/i.
test(part)}function foldPath(path){return path.toLowerCase().toUpperCase().toLowerCase().normalize("NFC")}async function spliceTree(reader,root,changes){let trees=[],top=await spliceFolder(reader,root,arrange(changes),"",trees);
if(top!==void 0)return{root:top,trees};let empty={type:"tree",bytes:new Uint8Array(0)};return{root:oidOf("tree",empty.bytes),
trees:[...trees,empty]}}function arrange(changes){let top={files:new Map,folders:new Map};for(let[path,leaf]of changes){
let parts=path.split("/");for(let part of parts)isForbidden(part)&&refusePath(path);let folder=top;for(let part of parts.
slice(0,-1)){let next3=folder.folders.get(part)??{files:new Map,folders:new Map};folder.folders.set(part,next3),folder=next3}
folder.files.set(parts.at(-1),leaf)}return top}function isForbidden(part){return part===""||part==="."||part===".."||part.
includes("\0")||part.includes("\\")?!0:isGitFolder(part)}function refusePath(path){throw new At1Error("usage/path",{message:`\
not a path for a git tree: '${path}'`,facts:{path}})}async function spliceFolder(reader,before,change2,prefix,trees){let old=before===
void 0?[]:await readTreeEntries(reader,before),entries=new Map(old.map(entry2=>[entry2.name,entry2]));for(let[name,leaf]of change2.
files)placeFile(entries,name,leaf,prefix);for(let[name,folder]of change2.folders){let entry2=entries.get(name);if(entry2!==
void 0&&!isTree(entry2)){if(onlyDeletes(folder))continue;inTheWay(`${prefix}${name}`,"a file")}let oid2=await spliceFolder(
reader,entry2?.oid,folder,`${prefix}${name}/`,trees);oid2===void 0?entries.delete(name):entries.set(name,{mode:"40000",name,
oid:oid2})}if(entries.size===0)return;let bytes=formatTree(entries.values()),oid=oidOf("tree",bytes);return oid!==before&&
trees.push({type:"tree",bytes}),oid}function placeFile(entries,name,leaf,prefix){let mode=entries.get(name)?.mode;mode===
"40000"&&inTheWay(`${prefix}${name}`,"a folder"),(mode==="120000"||mode==="160000")&&inTheWay(`${prefix}${name}`,"a link"),
leaf===null?entries.delete(name):entries.set(name,{mode:leaf.executable?"100755":"100644",name,oid:leaf.oid})}function onlyDeletes(folder){
return[...folder.files.values()].every(leaf=>leaf===null)&&[...folder.folders.values()].every(onlyDeletes)}function inTheWay(path,what){
throw new At1Error("registry/foreign-folder",{message:`${what} of the repository stands at ${path}`,facts:{path},hint:"r\
ename it, or keep the registry in a subfolder"})}init_errors();init_errors();init_errors();function showPointer(pointer){return pointer.map(part=>`/${String(part).replaceAll("~","~0").replaceAll("/","~1")}`).join(
"")}function parsePointer(text){return text.split("/").slice(1).map(part=>{let plain=part.replaceAll("~1","/").replaceAll(
"~0","~");return/^(0|[1-9][0-9]{0,8})$/.test(plain)?Number(plain):plain})}function lineAndColumn(text,at2){let line=1,start2=0;
for(let next3=text.indexOf(`
`);next3>=0&&next3<at2;next3=text.indexOf(`
`,start2))line++,start2=next3+1;return{line,column:at2-start2+1}}function locate(text,pointer){let wanted=pointer.map(String),
seen=new Map,best,bestLength=0,consider=(path,line,column)=>{path.length<=bestLength||!path.every((part,i2)=>part===wanted[i2])||
(bestLength=path.length,best={line,column})},table2=[],list2=[],items=0,insideString="";for(let[index,raw]of text.split(
`
`).entries()){let line=raw.trim(),column=raw.length-raw.trimStart().length+1;if(insideString!==""){line.includes(insideString)&&
(insideString="");continue}if(line.startsWith("{"))consider([...list2,String(items++)],index+1,column);else if(line.startsWith(
"[[")){let path=keyParts(line.slice(2),"]"),count2=seen.get(path.join("\0"))??0;seen.set(path.join("\0"),count2+1),table2=
[...path,String(count2)],consider(table2,index+1,column)}else line.startsWith("[")?(table2=keyParts(line.slice(1),"]"),consider(
table2,index+1,column)):line!==""&&!line.startsWith("#")&&line.includes("=")&&(list2=[...table2,...keyParts(line,"=")],items=
0,consider(list2,index+1,column),insideString=opensString(line))}return best}function opensString(line){let value=line.slice(
line.indexOf("=")+1).trim(),quotes=value.slice(0,3);return quotes!=='"""'&&quotes!=="'''"?"":value.indexOf(quotes,3)<0?quotes:
""}function keyParts(text,end2){let parts=[],part="",quote="";for(let c of text)if(quote!=="")c===quote?quote="":part+=c;else if(c===
'"'||c==="'")quote=c;else{if(c===end2)break;c==="."?(parts.push(part),part=""):c!==" "&&c!=="	"&&(part+=c)}return[...parts,
part]}function invalid2(message,pointer,text,hint){let place2=(text===void 0?void 0:locate(text,pointer))??{};return new At1Error(
"document/schema",{message,facts:{...place2,at:showPointer(pointer)},...hint===void 0?{}:{hint}})}function checkSchema(validator,value,text){
if(validator(value))return;let errors=validator.errors??[],error=errors.find(({keyword})=>keyword==="propertyNames")??errors[0];
if(error===void 0)throw new TypeError("a validator failed without an error");let extra=error.params.additionalProperty,pointer=parsePointer(
error.instancePath),at2=typeof extra=="string"?[...pointer,extra]:pointer;throw invalid2(describe(error),at2,text)}function describe(error){
let where=error.instancePath===""?"the document":error.instancePath.slice(0,200),{additionalProperty,missingProperty,allowedValues,
propertyName}=error.params;return typeof additionalProperty=="string"?`unknown field '${additionalProperty.slice(0,80)}'\
 in ${where}`:typeof missingProperty=="string"?`field '${missingProperty}' is missing in ${where}`:Array.isArray(allowedValues)?
`${where} must be one of ${allowedValues.join(", ")}`:typeof propertyName=="string"?`name '${propertyName.slice(0,80)}' \
is not allowed in ${where}`:`${where} ${error.message??"is not valid"}`}function inField(pointer,text,parse3){try{return parse3()}catch(error){
throw error instanceof At1Error?invalid2(`${showPointer(pointer)}: ${error.message}`,pointer,text,error.hint):error}}init_text();init_errors();var LAST_SECOND=253402300799;function isTimestamp(text){if(!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text))
return!1;let milliseconds=Date.parse(text);return!Number.isNaN(milliseconds)&&formatTimestamp(Math.trunc(milliseconds/1e3))===
text}function formatTimestamp(seconds){let date=new Date(seconds*1e3);if(Number.isNaN(date.getTime())||date.getUTCFullYear()<
0||date.getUTCFullYear()>9999)throw new RangeError(`no such time: ${seconds}`);return`${date.toISOString().slice(0,19)}Z`}
function parseTimestamp(text){if(!isTimestamp(text))throw new At1Error("usage/invalid",{message:`not a time: '${text.slice(
0,80)}'`,hint:"write UTC with whole seconds, such as 2026-11-22T01:02:03Z"});return Math.trunc(Date.parse(text)/1e3)}var LIFECYCLE_LANE="lifecycle",REASON_LIMIT=4096,LIFECYCLE_ACTIONS=new Set(["deprecate","yank","revoke","restore"]),STAGE_ACTIONS=new Set(
["promote","rollback"]),EXPIRING_ACTIONS=new Set(["promote","rollback","alias"]);function isStageAction(action){return STAGE_ACTIONS.
has(action)}function checkEvent(event,text){if(inField(["name"],text,()=>parseName(event.name)),inField(["version"],text,
()=>parseVersion(event.version)),inField(["lane"],text,()=>parseLaneName(event.lane)),event.seq===1!=(event.previous===void 0))
throw invalid2("previous names the event before: the first has none, all others have one",["previous"],text);let{action}=event;
if(LIFECYCLE_ACTIONS.has(action)!==(event.lane===LIFECYCLE_LANE))throw invalid2(`the action ${action} does not belong in\
to the lane ${event.lane}`,["action"],text);if(isStageAction(action)!==(event.from!==void 0))throw invalid2("from belong\
s to promote and rollback, and to them only",["from"],text);if(event.from!==void 0){let{from}=event;inField(["from"],text,
()=>parseLaneName(from))}if(event.expires!==void 0&&!EXPIRING_ACTIONS.has(action))throw invalid2(`${action} does not exp\
ire`,["expires"],text);checkSaid(event,text)}function checkEvidence(evidence,text){inField(["type"],text,()=>parseLaneName(
evidence.type));let paths=(evidence.files??[]).map(({path})=>path);for(let[i2,path]of paths.entries())if(inField(["files",
i2,"path"],text,()=>parseRelPath(path)),i2>0&&compareText(paths[i2-1],path)>=0)throw invalid2("/files: names are not uni\
que and sorted by bytes",["files",i2],text);checkSaid(evidence,text)}function checkSaid(said,text){inField(["actor"],text,
()=>parsePrincipalName(said.actor));let created=inField(["created"],text,()=>parseTimestamp(said.created)),{expires,reason}=said;
if(expires!==void 0&&inField(["expires"],text,()=>parseTimestamp(expires))<=created)throw invalid2("expires is not later\
 than created",["expires"],text);if(reason!==void 0&&utf8(reason).length>REASON_LIMIT)throw invalid2(`/reason is longer \
than ${REASON_LIMIT} bytes`,["reason"],text)}init_text();init_errors();init_text();var CHAIN_LIMIT=8;function plainReference({size,sha256:sha2562,object,stored}){return{size,sha256:sha2562,object,stored}}function resolveBases({segments,bases=[]}){let known2=bySha256(segments,bases),resolve9=({base,...segment})=>base===void 0?
segment:{...segment,base:resolve9(known2.get(base))};return{segments:segments.map(resolve9),bases:bases.map(resolve9)}}function checkBases(lists,pointer,text){let{segments,bases=[]}=lists,known2=bySha256(segments,bases),used=new Set;for(let[
list2,entries]of[["segments",segments],["bases",bases]])for(let[i2,segment]of entries.entries()){let fault=faultOf(segment)??
faultOfChain(segment,known2,list2==="segments"?used:new Set);if(fault!==void 0)throw invalid2(fault,[...pointer,list2,i2],
text)}let own=new Set(segments.map(({sha256:sha2562})=>sha2562));for(let[i2,{sha256:sha2562}]of bases.entries()){let previous=bases[i2-
1]?.sha256,fault=previous!==void 0&&compareText(previous,sha2562)>=0?"bases are not unique and sorted":own.has(sha2562)?
"a base that is a segment of the file as well":used.has(sha2562)?void 0:"a base that no segment needs";if(fault!==void 0)
throw invalid2(fault,[...pointer,"bases",i2],text)}}function bySha256(segments,bases){return new Map([...bases,...segments].
reverse().map(segment=>[segment.sha256,segment]))}function faultOf({transform,base}){return transform==="delta"?base===void 0?
"a difference without a base":void 0:base===void 0?void 0:"a base without a difference"}function faultOfChain(start2,known2,used){
let segment=start2;for(let length=1;segment.base!==void 0;length++){if(length>CHAIN_LIMIT)return`a chain of more than ${CHAIN_LIMIT}\
 differences`;let base=known2.get(segment.base);if(base===void 0)return"a base that is not listed";if(base.size!==start2.
size)return`a base of ${base.size} bytes for a segment of ${start2.size}`;used.add(base.sha256),segment=base}}init_text();var NONE=[];function linksOf({lineage}){return lineage===void 0?NONE:lineage.map(({relation,ref,content})=>{let digest=content===
void 0?null:parseDigest(content);return ref===void 0||digest===null?{relation,ref:null,content:digest}:{relation,ref,content:digest}})}var WEB=/^(?:https?|ftp|wss?):[/\\]*/i,HOSTED=/^[a-z][a-z0-9+.-]*:\/\//i;function holdsPassword(uri){let start2=(WEB.exec(
uri)??HOSTED.exec(uri))?.[0];if(start2===void 0)return!1;let rest=uri.slice(start2.length),[host=""]=rest.split(/[/\\?#]/,
1);if(host.includes("@"))return!/^git@[^@]*$/.test(host);let port=/^(?:\[[^\]]*\]|[^:]*):(.*)$/.exec(host)?.[1];return port!==
void 0&&!/^[0-9]*$/.test(port)&&rest.includes("@")}function compareLinks(a,b){return compareText(a.relation,b.relation)||
compareText(a.ref??a.uri??"",b.ref??b.uri??"")}function checkLineage({kind,name,version,lineage=[]},text){let own=`${kind}\
/${name}@${version}`;for(let[i2,entry2]of lineage.entries()){let at2=["lineage",i2];if(entry2.ref!==void 0&&checkRef(entry2.
ref,own,[...at2,"ref"],text),entry2.uri!==void 0&&holdsPassword(entry2.uri))throw invalid2("a URI with a name or passwor\
d in it",[...at2,"uri"],text,"leave out what stands before the @");if(i2>0&&compareLinks(lineage[i2-1],entry2)>=0)throw invalid2(
"/lineage: entries are not unique and sorted by relation and target",at2,text);let names=(entry2.parameters??[]).map(parameter=>parameter.
name);for(let j=1;j<names.length;j++)if(compareText(names[j-1],names[j])>=0)throw invalid2("parameters are not unique an\
d sorted by their names",[...at2,"parameters",j],text)}}function checkRef(ref,own,pointer,text){let{kind,name,selector}=inField(
pointer,text,()=>parseReference(ref));if((selector.kind==="exact"?`${kind}/${name}@${selector.version}`:void 0)!==ref)throw invalid2(
`'${ref}' is not an exact reference, kind/name@1.2.0`,pointer,text);if(ref===own)throw invalid2("a version cannot come f\
rom itself",pointer,text)}init_text();function canonicalListing(files,directories=[]){let sorted=[...files].sort((a,b)=>compareText(a.path,b.path)),lines3=sorted.
map(file=>`${file.sha256}  ${file.path}
`);for(let file of sorted)file.executable===!0&&lines3.push(`executable  ${file.path}
`);for(let path of[...directories].sort(compareText))lines3.push(`directory  ${path}
`);return lines3.join("")}function treeDigest(files,directories,engines){return digestOf(engines.sha256(utf8(canonicalListing(
files,directories))))}var DESCRIPTION_LIMIT=4096,CARD_LIMIT=256*1024;function checkManifest(manifest,text,engines){if(inField(["name"],text,()=>parseName(
manifest.name)),inField(["version"],text,()=>parseVersion(manifest.version)),!isTimestamp(manifest.created))throw invalid2(
`/created is not a date: ${manifest.created}`,["created"],text);checkLength(manifest.description,DESCRIPTION_LIMIT,["des\
cription"],text),checkLength(manifest.purpose,DESCRIPTION_LIMIT,["purpose"],text),checkLength(manifest.card?.text,CARD_LIMIT,
["card","text"],text),checkLineage(manifest,text);for(let[i2,file]of manifest.files.entries())checkFile(file,["files",i2],
text);checkSum(manifest.files,manifest.size,["size"],text),checkPaths(manifest,text),checkContent(manifest,text,engines)}
function checkLayout(layout,text){checkSegments(layout.segments,layout.size,["segments"],text),checkBases(layout,[],text)}
function checkFile(file,pointer,text){inField([...pointer,"path"],text,()=>parseRelPath(file.path));let{segments,layout,
bases}=file;if(segments!==void 0)checkSegments(segments,file.size,[...pointer,"segments"],text),checkBases(bases===void 0?
{segments}:{segments,bases},pointer,text);else if(bases!==void 0)throw invalid2("bases without segments: a layout lists \
its own",[...pointer,"bases"],text);if(layout?.transform!==void 0||layout?.base!==void 0)throw invalid2("a layout is sto\
red as it is",[...pointer,"layout"],text)}function checkSegments(segments,size,pointer,text){checkSum(segments,size,pointer,
text);let empty=segments.findIndex(segment=>segment.size===0);if(empty>=0&&segments.length>1)throw invalid2("an empty se\
gment among others",[...pointer,empty],text)}function checkSum(parts,size,pointer,text){let sum=0;for(let part of parts)
if(sum+=part.size,!Number.isSafeInteger(sum))break;if(sum!==size)throw invalid2(`${showPointer(pointer)}: sizes add up t\
o ${sum}, not ${size}`,pointer,text)}function checkPaths(manifest,text){let directories=manifest.directories??[];for(let[
i2,path]of directories.entries())inField(["directories",i2],text,()=>parseRelPath(path));if(manifest.form==="file"&&(manifest.
files.length!==1||directories.length>0))throw invalid2("form is file, but there is not exactly one file",["form"],text);
let paths=manifest.files.map(file=>file.path);checkOrder(paths,"files",text),checkOrder(directories,"directories",text);
let all=new Map,folders=new Map;for(let path of[...paths,...directories]){let folded=foldPath(path),twin=all.get(folded);
if(twin!==void 0)throw twins(path,twin);all.set(folded,path);for(let at2=folded.indexOf("/");at2>=0;at2=folded.indexOf("\
/",at2+1))folders.set(folded.slice(0,at2),path)}for(let[folded,path]of all){let inside=folders.get(folded);if(inside!==void 0)
throw twins(path,inside)}}function twins(path,other2){return new At1Error("manifest/name-twin",{message:`paths '${other2}\
' and '${path}' cannot both exist where case or Unicode form is ignored, or one is a folder of the other`,facts:{path,other:other2}})}
function checkOrder(paths,field,text){for(let i2=1;i2<paths.length;i2++){let order=compareText(paths[i2-1],paths[i2]);if(order>=
0)throw invalid2(`/${field}: paths are not ${order===0?"unique":"sorted by bytes"}`,[field,i2],text)}}function checkContent(manifest,text,engines){
let digest=manifest.form==="tree"?treeDigest(manifest.files,manifest.directories??[],engines):manifest.files[0].sha256,expected=formatDigest(
digest);if(manifest.content!==expected)throw new At1Error("manifest/content-mismatch",{message:"the content digest is no\
t that of the files listed",facts:{...invalid2("",["content"],text).facts,expected,found:manifest.content}})}function checkLength(value,limit,pointer,text){
if(!(value===void 0||utf8(value).length<=limit))throw invalid2(`${showPointer(pointer)} is longer than ${limit} bytes`,pointer,
text)}var eventShape={kind:"record",properties:[["registry",{kind:"string"}],["kind",{kind:"string"}],["name",{kind:"string"}],
["lane",{kind:"string"}],["seq",{kind:"integer"}],["previous",{kind:"string"}],["action",{kind:"string"}],["version",{kind:"\
string"}],["manifest",{kind:"string"}],["content",{kind:"string"}],["policy",{kind:"string"}],["from",{kind:"string"}],[
"expires",{kind:"string"}],["actor",{kind:"string"}],["printed",{kind:"string"}],["created",{kind:"string"}],["meaning",
{kind:"string"}],["reason",{kind:"string"}]]},evidenceShape={kind:"record",properties:[["registry",{kind:"string"}],["id",
{kind:"string"}],["content",{kind:"string"}],["policy",{kind:"string"}],["type",{kind:"string"}],["result",{kind:"string"}],
["suite",{kind:"string"}],["metrics",{kind:"map",value:{kind:"float"}}],["files",{kind:"list",item:{kind:"record",properties:[
["path",{kind:"string"}],["size",{kind:"integer"}],["sha256",{kind:"string"}]]}}],["actor",{kind:"string"}],["printed",{
kind:"string"}],["created",{kind:"string"}],["expires",{kind:"string"}],["meaning",{kind:"string"}],["reason",{kind:"str\
ing"}]]},layoutShape={kind:"record",properties:[["size",{kind:"integer"}],["segments",{kind:"list",item:{kind:"record",properties:[
["size",{kind:"integer"}],["sha256",{kind:"string"}],["object",{kind:"string"}],["stored",{kind:"integer"}],["transform",
{kind:"string"}],["base",{kind:"string"}]]}}],["bases",{kind:"list",item:{kind:"record",properties:[["size",{kind:"integ\
er"}],["sha256",{kind:"string"}],["object",{kind:"string"}],["stored",{kind:"integer"}],["transform",{kind:"string"}],["\
base",{kind:"string"}]]}}]]},manifestShape={kind:"record",properties:[["registry",{kind:"string"}],["kind",{kind:"string"}],
["name",{kind:"string"}],["version",{kind:"string"}],["created",{kind:"string"}],["content",{kind:"string"}],["form",{kind:"\
string"}],["size",{kind:"integer"}],["description",{kind:"string"}],["purpose",{kind:"string"}],["license",{kind:"string"}],
["directories",{kind:"list",item:{kind:"string"}}],["metrics",{kind:"map",value:{kind:"float"}}],["lineage",{kind:"list",
item:{kind:"record",properties:[["relation",{kind:"string"}],["ref",{kind:"string"}],["uri",{kind:"string"}],["content",
{kind:"string"}],["parameters",{kind:"list",item:{kind:"record",properties:[["name",{kind:"string"}],["value",{kind:"str\
ing"}]]}}]]}}],["card",{kind:"record",properties:[["format",{kind:"string"}],["text",{kind:"string"}]]}],["files",{kind:"\
list",item:{kind:"record",properties:[["path",{kind:"string"}],["size",{kind:"integer"}],["sha256",{kind:"string"}],["bl\
ake3",{kind:"string"}],["executable",{kind:"boolean"}],["segments",{kind:"list",item:{kind:"record",properties:[["size",
{kind:"integer"}],["sha256",{kind:"string"}],["object",{kind:"string"}],["stored",{kind:"integer"}],["transform",{kind:"\
string"}],["base",{kind:"string"}]]}}],["bases",{kind:"list",item:{kind:"record",properties:[["size",{kind:"integer"}],[
"sha256",{kind:"string"}],["object",{kind:"string"}],["stored",{kind:"integer"}],["transform",{kind:"string"}],["base",{
kind:"string"}]]}}],["layout",{kind:"record",properties:[["size",{kind:"integer"}],["sha256",{kind:"string"}],["object",
{kind:"string"}],["stored",{kind:"integer"}],["transform",{kind:"string"}],["base",{kind:"string"}]]}]]}}]]};var policyShape={kind:"record",properties:[["registry",{kind:"string"}],["version",{kind:"integer"}],["previous",{kind:"\
string"}],["principals",{kind:"map",value:{kind:"record",properties:[["name",{kind:"string"}],["keys",{kind:"list",item:{
kind:"string"}}]]}}],["roles",{kind:"map",value:{kind:"list",item:{kind:"string"}}}],["rules",{kind:"list",item:{kind:"r\
ecord",properties:[["artifacts",{kind:"list",item:{kind:"string"}}],["actions",{kind:"list",item:{kind:"string"}}],["rol\
e",{kind:"string"}],["threshold",{kind:"integer"}],["separate_author",{kind:"boolean"}],["evidence",{kind:"list",item:{kind:"\
record",properties:[["type",{kind:"string"}],["role",{kind:"string"}],["threshold",{kind:"integer"}],["max_age_days",{kind:"\
integer"}],["suite",{kind:"string"}]]}}],["metrics",{kind:"list",item:{kind:"string"}}],["regressions",{kind:"list",item:{
kind:"record",properties:[["metric",{kind:"string"}],["better",{kind:"string"}],["by",{kind:"string"}]]}}],["licenses",{
kind:"list",item:{kind:"string"}}],["pickle",{kind:"string"}],["lineage",{kind:"string"}]]}}],["bars",{kind:"list",item:{
kind:"record",properties:[["artifacts",{kind:"list",item:{kind:"string"}}],["stage",{kind:"string"}],["metric",{kind:"st\
ring"}]]}}],["gate",{kind:"record",properties:[["objects",{kind:"string"}]]}],["revoked",{kind:"list",item:{kind:"record",
properties:[["key",{kind:"string"}],["cutoff",{kind:"string"}],["reason",{kind:"string"}]]}}]]},registryShape={kind:"rec\
ord",properties:[["format",{kind:"integer"}],["id",{kind:"string"}],["branch",{kind:"string"}],["storage",{kind:"string"}],
["stages",{kind:"map",value:{kind:"record",properties:[["to",{kind:"list",item:{kind:"string"}}],["initial",{kind:"boole\
an"}],["unique",{kind:"boolean"}],["displaced",{kind:"string"}],["expires_days",{kind:"integer"}]]}}]]};function countCodePoints(text){let count2=0;for(let i2=0;i2<text.length;i2++,count2++)text.charCodeAt(i2)>>10===54&&text.
charCodeAt(i2+1)>>10===55&&i2++;return count2}var schema31={$schema:"https://json-schema.org/draft/2020-12/schema",$id:"\
urn:at1:schema:event:1",type:"object",additionalProperties:!1,required:["registry","kind","name","lane","seq","action","\
version","manifest","content","policy","actor","printed","created","meaning"],properties:{registry:{$ref:"#/$defs/Regist\
ryId"},kind:{$ref:"#/$defs/Kind"},name:{$ref:"#/$defs/ArtifactName"},lane:{type:"string",minLength:1,maxLength:64},seq:{
type:"integer",minimum:1,maximum:9007199254740991},previous:{$ref:"#/$defs/PrefixedDigest"},action:{type:"string",enum:[
"promote","rollback","alias","unalias","deprecate","yank","revoke","restore"]},version:{$ref:"#/$defs/Version"},manifest:{
$ref:"#/$defs/PrefixedDigest"},content:{$ref:"#/$defs/PrefixedDigest"},policy:{$ref:"#/$defs/PrefixedDigest"},from:{type:"\
string",minLength:1,maxLength:64},expires:{$ref:"#/$defs/Timestamp"},actor:{type:"string",minLength:1,maxLength:64},printed:{
type:"string",minLength:1,maxLength:256},created:{$ref:"#/$defs/Timestamp"},meaning:{type:"string",enum:["approval","aut\
horship","responsibility","review"]},reason:{type:"string",minLength:1,maxLength:4096}},$defs:{RegistryId:{type:"string",
pattern:"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},Kind:{type:"string",enum:["model","data","recipe"]},ArtifactName:{type:"string",
minLength:1,maxLength:128},Version:{type:"string",minLength:5,maxLength:128},Timestamp:{type:"string",pattern:"^[0-9]{4}\
-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"},PrefixedDigest:{type:"string",pattern:"^sha256:[0-9a-f]{64}$"}}};var schema33={type:"string",enum:["model","data","recipe"]};var func1=Object.prototype.hasOwnProperty,func2=countCodePoints,pattern4=new RegExp("^[0-7][0-9A-HJKMNP-TV-Z]{25}$","u"),
pattern5=new RegExp("^sha256:[0-9a-f]{64}$","u"),pattern9=new RegExp("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9\
]{2}Z$","u");function validate20(data2,{instancePath="",parentData,parentDataProperty,rootData=data2,dynamicAnchors={}}={}){
let vErrors=null,errors=0,evaluated0=validate20.evaluated;if(evaluated0.dynamicProps&&(evaluated0.props=void 0),evaluated0.
dynamicItems&&(evaluated0.items=void 0),errors===0)if(data2&&typeof data2=="object"&&!Array.isArray(data2)){let missing0;
if(data2.registry===void 0&&(missing0="registry")||data2.kind===void 0&&(missing0="kind")||data2.name===void 0&&(missing0=
"name")||data2.lane===void 0&&(missing0="lane")||data2.seq===void 0&&(missing0="seq")||data2.action===void 0&&(missing0=
"action")||data2.version===void 0&&(missing0="version")||data2.manifest===void 0&&(missing0="manifest")||data2.content===
void 0&&(missing0="content")||data2.policy===void 0&&(missing0="policy")||data2.actor===void 0&&(missing0="actor")||data2.
printed===void 0&&(missing0="printed")||data2.created===void 0&&(missing0="created")||data2.meaning===void 0&&(missing0=
"meaning"))return validate20.errors=[{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty:missing0},
message:"must have required property '"+missing0+"'"}],!1;{let _errs1=errors;for(let key0 in data2)if(!func1.call(schema31.
properties,key0)){return validate20.errors=[{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalPropert\
ies",params:{additionalProperty:key0},message:"must NOT have additional properties"}],!1;break}if(_errs1===errors){if(data2.
registry!==void 0){let data0=data2.registry,_errs2=errors;if(errors===errors)if(typeof data0=="string"){if(!pattern4.test(
data0))return validate20.errors=[{instancePath:instancePath+"/registry",schemaPath:"#/$defs/RegistryId/pattern",keyword:"\
pattern",params:{pattern:"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},message:'must match pattern "^[0-7][0-9A-HJKMNP-TV-Z]{25}$"'}],
!1}else return validate20.errors=[{instancePath:instancePath+"/registry",schemaPath:"#/$defs/RegistryId/type",keyword:"t\
ype",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs2===errors}else var valid0=!0;if(valid0){if(data2.
kind!==void 0){let data1=data2.kind,_errs5=errors;if(typeof data1!="string")return validate20.errors=[{instancePath:instancePath+
"/kind",schemaPath:"#/$defs/Kind/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;if(!(data1===
"model"||data1==="data"||data1==="recipe"))return validate20.errors=[{instancePath:instancePath+"/kind",schemaPath:"#/$d\
efs/Kind/enum",keyword:"enum",params:{allowedValues:schema33.enum},message:"must be equal to one of the allowed values"}],
!1;var valid0=_errs5===errors}else var valid0=!0;if(valid0){if(data2.name!==void 0){let data22=data2.name,_errs8=errors;
if(errors===errors)if(typeof data22=="string"){if(func2(data22)>128)return validate20.errors=[{instancePath:instancePath+
"/name",schemaPath:"#/$defs/ArtifactName/maxLength",keyword:"maxLength",params:{limit:128},message:"must NOT have more t\
han 128 characters"}],!1;if(func2(data22)<1)return validate20.errors=[{instancePath:instancePath+"/name",schemaPath:"#/$\
defs/ArtifactName/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"}],!1}else
return validate20.errors=[{instancePath:instancePath+"/name",schemaPath:"#/$defs/ArtifactName/type",keyword:"type",params:{
type:"string"},message:"must be string"}],!1;var valid0=_errs8===errors}else var valid0=!0;if(valid0){if(data2.lane!==void 0){
let data3=data2.lane,_errs11=errors;if(errors===_errs11)if(typeof data3=="string"){if(func2(data3)>64)return validate20.
errors=[{instancePath:instancePath+"/lane",schemaPath:"#/properties/lane/maxLength",keyword:"maxLength",params:{limit:64},
message:"must NOT have more than 64 characters"}],!1;if(func2(data3)<1)return validate20.errors=[{instancePath:instancePath+
"/lane",schemaPath:"#/properties/lane/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than \
1 characters"}],!1}else return validate20.errors=[{instancePath:instancePath+"/lane",schemaPath:"#/properties/lane/type",
keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs11===errors}else var valid0=!0;if(valid0){
if(data2.seq!==void 0){let data4=data2.seq,_errs13=errors;if(!(typeof data4=="number"&&!(data4%1)&&!isNaN(data4)&&isFinite(
data4)))return validate20.errors=[{instancePath:instancePath+"/seq",schemaPath:"#/properties/seq/type",keyword:"type",params:{
type:"integer"},message:"must be integer"}],!1;if(errors===_errs13&&typeof data4=="number"&&isFinite(data4)){if(data4>9007199254740991||
isNaN(data4))return validate20.errors=[{instancePath:instancePath+"/seq",schemaPath:"#/properties/seq/maximum",keyword:"\
maximum",params:{comparison:"<=",limit:9007199254740991},message:"must be <= 9007199254740991"}],!1;if(data4<1||isNaN(data4))
return validate20.errors=[{instancePath:instancePath+"/seq",schemaPath:"#/properties/seq/minimum",keyword:"minimum",params:{
comparison:">=",limit:1},message:"must be >= 1"}],!1}var valid0=_errs13===errors}else var valid0=!0;if(valid0){if(data2.
previous!==void 0){let data5=data2.previous,_errs15=errors;if(errors===errors)if(typeof data5=="string"){if(!pattern5.test(
data5))return validate20.errors=[{instancePath:instancePath+"/previous",schemaPath:"#/$defs/PrefixedDigest/pattern",keyword:"\
pattern",params:{pattern:"^sha256:[0-9a-f]{64}$"},message:'must match pattern "^sha256:[0-9a-f]{64}$"'}],!1}else return validate20.
errors=[{instancePath:instancePath+"/previous",schemaPath:"#/$defs/PrefixedDigest/type",keyword:"type",params:{type:"str\
ing"},message:"must be string"}],!1;var valid0=_errs15===errors}else var valid0=!0;if(valid0){if(data2.action!==void 0){
let data6=data2.action,_errs18=errors;if(typeof data6!="string")return validate20.errors=[{instancePath:instancePath+"/a\
ction",schemaPath:"#/properties/action/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;if(!(data6===
"promote"||data6==="rollback"||data6==="alias"||data6==="unalias"||data6==="deprecate"||data6==="yank"||data6==="revoke"||
data6==="restore"))return validate20.errors=[{instancePath:instancePath+"/action",schemaPath:"#/properties/action/enum",
keyword:"enum",params:{allowedValues:schema31.properties.action.enum},message:"must be equal to one of the allowed value\
s"}],!1;var valid0=_errs18===errors}else var valid0=!0;if(valid0){if(data2.version!==void 0){let data7=data2.version,_errs20=errors;
if(errors===errors)if(typeof data7=="string"){if(func2(data7)>128)return validate20.errors=[{instancePath:instancePath+"\
/version",schemaPath:"#/$defs/Version/maxLength",keyword:"maxLength",params:{limit:128},message:"must NOT have more than\
 128 characters"}],!1;if(func2(data7)<5)return validate20.errors=[{instancePath:instancePath+"/version",schemaPath:"#/$d\
efs/Version/minLength",keyword:"minLength",params:{limit:5},message:"must NOT have fewer than 5 characters"}],!1}else return validate20.
errors=[{instancePath:instancePath+"/version",schemaPath:"#/$defs/Version/type",keyword:"type",params:{type:"string"},message:"\
must be string"}],!1;var valid0=_errs20===errors}else var valid0=!0;if(valid0){if(data2.manifest!==void 0){let data8=data2.
manifest,_errs23=errors;if(errors===errors)if(typeof data8=="string"){if(!pattern5.test(data8))return validate20.errors=
[{instancePath:instancePath+"/manifest",schemaPath:"#/$defs/PrefixedDigest/pattern",keyword:"pattern",params:{pattern:"^\
sha256:[0-9a-f]{64}$"},message:'must match pattern "^sha256:[0-9a-f]{64}$"'}],!1}else return validate20.errors=[{instancePath:instancePath+
"/manifest",schemaPath:"#/$defs/PrefixedDigest/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;
var valid0=_errs23===errors}else var valid0=!0;if(valid0){if(data2.content!==void 0){let data9=data2.content,_errs26=errors;
if(errors===errors)if(typeof data9=="string"){if(!pattern5.test(data9))return validate20.errors=[{instancePath:instancePath+
"/content",schemaPath:"#/$defs/PrefixedDigest/pattern",keyword:"pattern",params:{pattern:"^sha256:[0-9a-f]{64}$"},message:'\
must match pattern "^sha256:[0-9a-f]{64}$"'}],!1}else return validate20.errors=[{instancePath:instancePath+"/content",schemaPath:"\
#/$defs/PrefixedDigest/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs26===errors}else
var valid0=!0;if(valid0){if(data2.policy!==void 0){let data10=data2.policy,_errs29=errors;if(errors===errors)if(typeof data10==
"string"){if(!pattern5.test(data10))return validate20.errors=[{instancePath:instancePath+"/policy",schemaPath:"#/$defs/P\
refixedDigest/pattern",keyword:"pattern",params:{pattern:"^sha256:[0-9a-f]{64}$"},message:'must match pattern "^sha256:[\
0-9a-f]{64}$"'}],!1}else return validate20.errors=[{instancePath:instancePath+"/policy",schemaPath:"#/$defs/PrefixedDige\
st/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs29===errors}else var valid0=!0;
if(valid0){if(data2.from!==void 0){let data11=data2.from,_errs32=errors;if(errors===_errs32)if(typeof data11=="string"){
if(func2(data11)>64)return validate20.errors=[{instancePath:instancePath+"/from",schemaPath:"#/properties/from/maxLength",
keyword:"maxLength",params:{limit:64},message:"must NOT have more than 64 characters"}],!1;if(func2(data11)<1)return validate20.
errors=[{instancePath:instancePath+"/from",schemaPath:"#/properties/from/minLength",keyword:"minLength",params:{limit:1},
message:"must NOT have fewer than 1 characters"}],!1}else return validate20.errors=[{instancePath:instancePath+"/from",schemaPath:"\
#/properties/from/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs32===errors}else
var valid0=!0;if(valid0){if(data2.expires!==void 0){let data12=data2.expires,_errs34=errors;if(errors===errors)if(typeof data12==
"string"){if(!pattern9.test(data12))return validate20.errors=[{instancePath:instancePath+"/expires",schemaPath:"#/$defs/\
Timestamp/pattern",keyword:"pattern",params:{pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"},message:'\
must match pattern "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"'}],!1}else return validate20.errors=[{instancePath:instancePath+
"/expires",schemaPath:"#/$defs/Timestamp/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs34===
errors}else var valid0=!0;if(valid0){if(data2.actor!==void 0){let data13=data2.actor,_errs37=errors;if(errors===_errs37)
if(typeof data13=="string"){if(func2(data13)>64)return validate20.errors=[{instancePath:instancePath+"/actor",schemaPath:"\
#/properties/actor/maxLength",keyword:"maxLength",params:{limit:64},message:"must NOT have more than 64 characters"}],!1;
if(func2(data13)<1)return validate20.errors=[{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/minLengt\
h",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"}],!1}else return validate20.errors=
[{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/type",keyword:"type",params:{type:"string"},message:"\
must be string"}],!1;var valid0=_errs37===errors}else var valid0=!0;if(valid0){if(data2.printed!==void 0){let data14=data2.
printed,_errs39=errors;if(errors===_errs39)if(typeof data14=="string"){if(func2(data14)>256)return validate20.errors=[{instancePath:instancePath+
"/printed",schemaPath:"#/properties/printed/maxLength",keyword:"maxLength",params:{limit:256},message:"must NOT have mor\
e than 256 characters"}],!1;if(func2(data14)<1)return validate20.errors=[{instancePath:instancePath+"/printed",schemaPath:"\
#/properties/printed/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"}],!1}else
return validate20.errors=[{instancePath:instancePath+"/printed",schemaPath:"#/properties/printed/type",keyword:"type",params:{
type:"string"},message:"must be string"}],!1;var valid0=_errs39===errors}else var valid0=!0;if(valid0){if(data2.created!==
void 0){let data15=data2.created,_errs41=errors;if(errors===errors)if(typeof data15=="string"){if(!pattern9.test(data15))
return validate20.errors=[{instancePath:instancePath+"/created",schemaPath:"#/$defs/Timestamp/pattern",keyword:"pattern",
params:{pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"},message:'must match pattern "^[0-9]{4}-[0-9]\
{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"'}],!1}else return validate20.errors=[{instancePath:instancePath+"/created",schemaPath:"\
#/$defs/Timestamp/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs41===errors}else
var valid0=!0;if(valid0){if(data2.meaning!==void 0){let data16=data2.meaning,_errs44=errors;if(typeof data16!="string")return validate20.
errors=[{instancePath:instancePath+"/meaning",schemaPath:"#/properties/meaning/type",keyword:"type",params:{type:"string"},
message:"must be string"}],!1;if(!(data16==="approval"||data16==="authorship"||data16==="responsibility"||data16==="revi\
ew"))return validate20.errors=[{instancePath:instancePath+"/meaning",schemaPath:"#/properties/meaning/enum",keyword:"enu\
m",params:{allowedValues:schema31.properties.meaning.enum},message:"must be equal to one of the allowed values"}],!1;var valid0=_errs44===
errors}else var valid0=!0;if(valid0)if(data2.reason!==void 0){let data17=data2.reason,_errs46=errors;if(errors===_errs46)
if(typeof data17=="string"){if(func2(data17)>4096)return validate20.errors=[{instancePath:instancePath+"/reason",schemaPath:"\
#/properties/reason/maxLength",keyword:"maxLength",params:{limit:4096},message:"must NOT have more than 4096 characters"}],
!1;if(func2(data17)<1)return validate20.errors=[{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/min\
Length",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"}],!1}else return validate20.
errors=[{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type:"string"},
message:"must be string"}],!1;var valid0=_errs46===errors}else var valid0=!0}}}}}}}}}}}}}}}}}}}else return validate20.errors=
[{instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;return validate20.
errors=vErrors,errors===0}validate20.evaluated={props:!0,dynamicProps:!1,dynamicItems:!1};var schema42={$schema:"https:/\
/json-schema.org/draft/2020-12/schema",$id:"urn:at1:schema:evidence:1",type:"object",additionalProperties:!1,required:["\
registry","id","content","policy","type","actor","printed","created","meaning"],properties:{registry:{$ref:"#/$defs/Regi\
stryId"},id:{type:"string",pattern:"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},content:{$ref:"#/$defs/PrefixedDigest"},policy:{$ref:"\
#/$defs/PrefixedDigest"},type:{type:"string",minLength:1,maxLength:64},result:{type:"string",enum:["pass","fail"]},suite:{
$ref:"#/$defs/PrefixedDigest"},metrics:{type:"object",minProperties:1,maxProperties:1e3,propertyNames:{pattern:"^[A-Za-z\
0-9][A-Za-z0-9_./: @%+-]{0,127}$"},additionalProperties:{type:"number"}},files:{type:"array",minItems:1,maxItems:100,items:{
$ref:"#/$defs/EvidenceFile"}},actor:{type:"string",minLength:1,maxLength:64},printed:{type:"string",minLength:1,maxLength:256},
created:{$ref:"#/$defs/Timestamp"},expires:{$ref:"#/$defs/Timestamp"},meaning:{type:"string",enum:["approval","authorshi\
p","responsibility","review"]},reason:{type:"string",minLength:1,maxLength:4096}},$defs:{RegistryId:{type:"string",pattern:"\
^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},Timestamp:{type:"string",pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\
Z$"},PrefixedDigest:{type:"string",pattern:"^sha256:[0-9a-f]{64}$"},Digest:{type:"string",pattern:"^[0-9a-f]{64}$"},RelPath:{
type:"string",minLength:1,maxLength:4096},EvidenceFile:{type:"object",additionalProperties:!1,required:["path","size","s\
ha256"],properties:{path:{$ref:"#/$defs/RelPath"},size:{type:"integer",minimum:0,maximum:9007199254740991},sha256:{$ref:"\
#/$defs/Digest"}}}}};var pattern16=new RegExp("^[A-Za-z0-9][A-Za-z0-9_./: @%+-]{0,127}$","u");var pattern17=new RegExp("^[0-9a-f]{64}$","u");function validate22(data2,{instancePath="",parentData,parentDataProperty,
rootData=data2,dynamicAnchors={}}={}){let vErrors=null,errors=0,evaluated0=validate22.evaluated;if(evaluated0.dynamicProps&&
(evaluated0.props=void 0),evaluated0.dynamicItems&&(evaluated0.items=void 0),errors===0)if(data2&&typeof data2=="object"&&
!Array.isArray(data2)){let missing0;if(data2.path===void 0&&(missing0="path")||data2.size===void 0&&(missing0="size")||data2.
sha256===void 0&&(missing0="sha256"))return validate22.errors=[{instancePath,schemaPath:"#/required",keyword:"required",
params:{missingProperty:missing0},message:"must have required property '"+missing0+"'"}],!1;{let _errs1=errors;for(let key0 in data2)
if(!(key0==="path"||key0==="size"||key0==="sha256")){return validate22.errors=[{instancePath,schemaPath:"#/additionalPro\
perties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"}],
!1;break}if(_errs1===errors){if(data2.path!==void 0){let data0=data2.path,_errs2=errors;if(errors===errors)if(typeof data0==
"string"){if(func2(data0)>4096)return validate22.errors=[{instancePath:instancePath+"/path",schemaPath:"#/$defs/RelPath/\
maxLength",keyword:"maxLength",params:{limit:4096},message:"must NOT have more than 4096 characters"}],!1;if(func2(data0)<
1)return validate22.errors=[{instancePath:instancePath+"/path",schemaPath:"#/$defs/RelPath/minLength",keyword:"minLength",
params:{limit:1},message:"must NOT have fewer than 1 characters"}],!1}else return validate22.errors=[{instancePath:instancePath+
"/path",schemaPath:"#/$defs/RelPath/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs2===
errors}else var valid0=!0;if(valid0){if(data2.size!==void 0){let data1=data2.size,_errs5=errors;if(!(typeof data1=="numb\
er"&&!(data1%1)&&!isNaN(data1)&&isFinite(data1)))return validate22.errors=[{instancePath:instancePath+"/size",schemaPath:"\
#/properties/size/type",keyword:"type",params:{type:"integer"},message:"must be integer"}],!1;if(errors===_errs5&&typeof data1==
"number"&&isFinite(data1)){if(data1>9007199254740991||isNaN(data1))return validate22.errors=[{instancePath:instancePath+
"/size",schemaPath:"#/properties/size/maximum",keyword:"maximum",params:{comparison:"<=",limit:9007199254740991},message:"\
must be <= 9007199254740991"}],!1;if(data1<0||isNaN(data1))return validate22.errors=[{instancePath:instancePath+"/size",
schemaPath:"#/properties/size/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"}],!1}var valid0=_errs5===
errors}else var valid0=!0;if(valid0)if(data2.sha256!==void 0){let data22=data2.sha256,_errs7=errors;if(errors===errors)if(typeof data22==
"string"){if(!pattern17.test(data22))return validate22.errors=[{instancePath:instancePath+"/sha256",schemaPath:"#/$defs/\
Digest/pattern",keyword:"pattern",params:{pattern:"^[0-9a-f]{64}$"},message:'must match pattern "^[0-9a-f]{64}$"'}],!1}else
return validate22.errors=[{instancePath:instancePath+"/sha256",schemaPath:"#/$defs/Digest/type",keyword:"type",params:{type:"\
string"},message:"must be string"}],!1;var valid0=_errs7===errors}else var valid0=!0}}}}else return validate22.errors=[{
instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;return validate22.errors=
vErrors,errors===0}validate22.evaluated={props:!0,dynamicProps:!1,dynamicItems:!1};function validate21(data2,{instancePath="",
parentData,parentDataProperty,rootData=data2,dynamicAnchors={}}={}){let vErrors=null,errors=0,evaluated0=validate21.evaluated;
if(evaluated0.dynamicProps&&(evaluated0.props=void 0),evaluated0.dynamicItems&&(evaluated0.items=void 0),errors===0)if(data2&&
typeof data2=="object"&&!Array.isArray(data2)){let missing0;if(data2.registry===void 0&&(missing0="registry")||data2.id===
void 0&&(missing0="id")||data2.content===void 0&&(missing0="content")||data2.policy===void 0&&(missing0="policy")||data2.
type===void 0&&(missing0="type")||data2.actor===void 0&&(missing0="actor")||data2.printed===void 0&&(missing0="printed")||
data2.created===void 0&&(missing0="created")||data2.meaning===void 0&&(missing0="meaning"))return validate21.errors=[{instancePath,
schemaPath:"#/required",keyword:"required",params:{missingProperty:missing0},message:"must have required property '"+missing0+
"'"}],!1;{let _errs1=errors;for(let key0 in data2)if(!func1.call(schema42.properties,key0)){return validate21.errors=[{instancePath,
schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT ha\
ve additional properties"}],!1;break}if(_errs1===errors){if(data2.registry!==void 0){let data0=data2.registry,_errs2=errors;
if(errors===errors)if(typeof data0=="string"){if(!pattern4.test(data0))return validate21.errors=[{instancePath:instancePath+
"/registry",schemaPath:"#/$defs/RegistryId/pattern",keyword:"pattern",params:{pattern:"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},message:'\
must match pattern "^[0-7][0-9A-HJKMNP-TV-Z]{25}$"'}],!1}else return validate21.errors=[{instancePath:instancePath+"/reg\
istry",schemaPath:"#/$defs/RegistryId/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs2===
errors}else var valid0=!0;if(valid0){if(data2.id!==void 0){let data1=data2.id,_errs5=errors;if(errors===_errs5)if(typeof data1==
"string"){if(!pattern4.test(data1))return validate21.errors=[{instancePath:instancePath+"/id",schemaPath:"#/properties/i\
d/pattern",keyword:"pattern",params:{pattern:"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},message:'must match pattern "^[0-7][0-9A-H\
JKMNP-TV-Z]{25}$"'}],!1}else return validate21.errors=[{instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",
keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs5===errors}else var valid0=!0;if(valid0){
if(data2.content!==void 0){let data22=data2.content,_errs7=errors;if(errors===errors)if(typeof data22=="string"){if(!pattern5.
test(data22))return validate21.errors=[{instancePath:instancePath+"/content",schemaPath:"#/$defs/PrefixedDigest/pattern",
keyword:"pattern",params:{pattern:"^sha256:[0-9a-f]{64}$"},message:'must match pattern "^sha256:[0-9a-f]{64}$"'}],!1}else
return validate21.errors=[{instancePath:instancePath+"/content",schemaPath:"#/$defs/PrefixedDigest/type",keyword:"type",
params:{type:"string"},message:"must be string"}],!1;var valid0=_errs7===errors}else var valid0=!0;if(valid0){if(data2.policy!==
void 0){let data3=data2.policy,_errs10=errors;if(errors===errors)if(typeof data3=="string"){if(!pattern5.test(data3))return validate21.
errors=[{instancePath:instancePath+"/policy",schemaPath:"#/$defs/PrefixedDigest/pattern",keyword:"pattern",params:{pattern:"\
^sha256:[0-9a-f]{64}$"},message:'must match pattern "^sha256:[0-9a-f]{64}$"'}],!1}else return validate21.errors=[{instancePath:instancePath+
"/policy",schemaPath:"#/$defs/PrefixedDigest/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs10===
errors}else var valid0=!0;if(valid0){if(data2.type!==void 0){let data4=data2.type,_errs13=errors;if(errors===_errs13)if(typeof data4==
"string"){if(func2(data4)>64)return validate21.errors=[{instancePath:instancePath+"/type",schemaPath:"#/properties/type/\
maxLength",keyword:"maxLength",params:{limit:64},message:"must NOT have more than 64 characters"}],!1;if(func2(data4)<1)
return validate21.errors=[{instancePath:instancePath+"/type",schemaPath:"#/properties/type/minLength",keyword:"minLength",
params:{limit:1},message:"must NOT have fewer than 1 characters"}],!1}else return validate21.errors=[{instancePath:instancePath+
"/type",schemaPath:"#/properties/type/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs13===
errors}else var valid0=!0;if(valid0){if(data2.result!==void 0){let data5=data2.result,_errs15=errors;if(typeof data5!="s\
tring")return validate21.errors=[{instancePath:instancePath+"/result",schemaPath:"#/properties/result/type",keyword:"typ\
e",params:{type:"string"},message:"must be string"}],!1;if(!(data5==="pass"||data5==="fail"))return validate21.errors=[{
instancePath:instancePath+"/result",schemaPath:"#/properties/result/enum",keyword:"enum",params:{allowedValues:schema42.
properties.result.enum},message:"must be equal to one of the allowed values"}],!1;var valid0=_errs15===errors}else var valid0=!0;
if(valid0){if(data2.suite!==void 0){let data6=data2.suite,_errs17=errors;if(errors===errors)if(typeof data6=="string"){if(!pattern5.
test(data6))return validate21.errors=[{instancePath:instancePath+"/suite",schemaPath:"#/$defs/PrefixedDigest/pattern",keyword:"\
pattern",params:{pattern:"^sha256:[0-9a-f]{64}$"},message:'must match pattern "^sha256:[0-9a-f]{64}$"'}],!1}else return validate21.
errors=[{instancePath:instancePath+"/suite",schemaPath:"#/$defs/PrefixedDigest/type",keyword:"type",params:{type:"string"},
message:"must be string"}],!1;var valid0=_errs17===errors}else var valid0=!0;if(valid0){if(data2.metrics!==void 0){let data7=data2.
metrics,_errs20=errors;if(errors===_errs20)if(data7&&typeof data7=="object"&&!Array.isArray(data7)){if(Object.keys(data7).
length>1e3)return validate21.errors=[{instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/maxPropertie\
s",keyword:"maxProperties",params:{limit:1e3},message:"must NOT have more than 1000 properties"}],!1;if(Object.keys(data7).
length<1)return validate21.errors=[{instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/minProperties",
keyword:"minProperties",params:{limit:1},message:"must NOT have fewer than 1 properties"}],!1;for(let key1 in data7){let _errs22=errors;
if(typeof key1=="string"&&!pattern16.test(key1)){let err0={instancePath:instancePath+"/metrics",schemaPath:"#/properties\
/metrics/propertyNames/pattern",keyword:"pattern",params:{pattern:"^[A-Za-z0-9][A-Za-z0-9_./: @%+-]{0,127}$"},message:'m\
ust match pattern "^[A-Za-z0-9][A-Za-z0-9_./: @%+-]{0,127}$"',propertyName:key1};vErrors===null?vErrors=[err0]:vErrors.push(
err0),errors++}var valid5=_errs22===errors;if(!valid5){let err1={instancePath:instancePath+"/metrics",schemaPath:"#/prop\
erties/metrics/propertyNames",keyword:"propertyNames",params:{propertyName:key1},message:"property name must be valid"};
return vErrors===null?vErrors=[err1]:vErrors.push(err1),errors++,validate21.errors=vErrors,!1;break}}if(valid5)for(let key2 in data7){
let data8=data7[key2],_errs24=errors;if(!(typeof data8=="number"&&isFinite(data8)))return validate21.errors=[{instancePath:instancePath+
"/metrics/"+key2.replace(/~/g,"~0").replace(/\//g,"~1"),schemaPath:"#/properties/metrics/additionalProperties/type",keyword:"\
type",params:{type:"number"},message:"must be number"}],!1;var valid6=_errs24===errors;if(!valid6)break}}else return validate21.
errors=[{instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/type",keyword:"type",params:{type:"object"},
message:"must be object"}],!1;var valid0=_errs20===errors}else var valid0=!0;if(valid0){if(data2.files!==void 0){let data9=data2.
files,_errs26=errors;if(errors===_errs26)if(Array.isArray(data9)){if(data9.length>100)return validate21.errors=[{instancePath:instancePath+
"/files",schemaPath:"#/properties/files/maxItems",keyword:"maxItems",params:{limit:100},message:"must NOT have more than\
 100 items"}],!1;if(data9.length<1)return validate21.errors=[{instancePath:instancePath+"/files",schemaPath:"#/propertie\
s/files/minItems",keyword:"minItems",params:{limit:1},message:"must NOT have fewer than 1 items"}],!1;{var valid7=!0;let len0=data9.
length;for(let i0=0;i0<len0;i0++){let _errs28=errors;validate22(data9[i0],{instancePath:instancePath+"/files/"+i0,parentData:data9,
parentDataProperty:i0,rootData,dynamicAnchors})||(vErrors=vErrors===null?validate22.errors:vErrors.concat(validate22.errors),
errors=vErrors.length);var valid7=_errs28===errors;if(!valid7)break}}}else return validate21.errors=[{instancePath:instancePath+
"/files",schemaPath:"#/properties/files/type",keyword:"type",params:{type:"array"},message:"must be array"}],!1;var valid0=_errs26===
errors}else var valid0=!0;if(valid0){if(data2.actor!==void 0){let data11=data2.actor,_errs29=errors;if(errors===_errs29)
if(typeof data11=="string"){if(func2(data11)>64)return validate21.errors=[{instancePath:instancePath+"/actor",schemaPath:"\
#/properties/actor/maxLength",keyword:"maxLength",params:{limit:64},message:"must NOT have more than 64 characters"}],!1;
if(func2(data11)<1)return validate21.errors=[{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/minLengt\
h",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"}],!1}else return validate21.errors=
[{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/type",keyword:"type",params:{type:"string"},message:"\
must be string"}],!1;var valid0=_errs29===errors}else var valid0=!0;if(valid0){if(data2.printed!==void 0){let data12=data2.
printed,_errs31=errors;if(errors===_errs31)if(typeof data12=="string"){if(func2(data12)>256)return validate21.errors=[{instancePath:instancePath+
"/printed",schemaPath:"#/properties/printed/maxLength",keyword:"maxLength",params:{limit:256},message:"must NOT have mor\
e than 256 characters"}],!1;if(func2(data12)<1)return validate21.errors=[{instancePath:instancePath+"/printed",schemaPath:"\
#/properties/printed/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"}],!1}else
return validate21.errors=[{instancePath:instancePath+"/printed",schemaPath:"#/properties/printed/type",keyword:"type",params:{
type:"string"},message:"must be string"}],!1;var valid0=_errs31===errors}else var valid0=!0;if(valid0){if(data2.created!==
void 0){let data13=data2.created,_errs33=errors;if(errors===errors)if(typeof data13=="string"){if(!pattern9.test(data13))
return validate21.errors=[{instancePath:instancePath+"/created",schemaPath:"#/$defs/Timestamp/pattern",keyword:"pattern",
params:{pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"},message:'must match pattern "^[0-9]{4}-[0-9]\
{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"'}],!1}else return validate21.errors=[{instancePath:instancePath+"/created",schemaPath:"\
#/$defs/Timestamp/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs33===errors}else
var valid0=!0;if(valid0){if(data2.expires!==void 0){let data14=data2.expires,_errs36=errors;if(errors===errors)if(typeof data14==
"string"){if(!pattern9.test(data14))return validate21.errors=[{instancePath:instancePath+"/expires",schemaPath:"#/$defs/\
Timestamp/pattern",keyword:"pattern",params:{pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"},message:'\
must match pattern "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"'}],!1}else return validate21.errors=[{instancePath:instancePath+
"/expires",schemaPath:"#/$defs/Timestamp/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs36===
errors}else var valid0=!0;if(valid0){if(data2.meaning!==void 0){let data15=data2.meaning,_errs39=errors;if(typeof data15!=
"string")return validate21.errors=[{instancePath:instancePath+"/meaning",schemaPath:"#/properties/meaning/type",keyword:"\
type",params:{type:"string"},message:"must be string"}],!1;if(!(data15==="approval"||data15==="authorship"||data15==="re\
sponsibility"||data15==="review"))return validate21.errors=[{instancePath:instancePath+"/meaning",schemaPath:"#/properti\
es/meaning/enum",keyword:"enum",params:{allowedValues:schema42.properties.meaning.enum},message:"must be equal to one of\
 the allowed values"}],!1;var valid0=_errs39===errors}else var valid0=!0;if(valid0)if(data2.reason!==void 0){let data16=data2.
reason,_errs41=errors;if(errors===_errs41)if(typeof data16=="string"){if(func2(data16)>4096)return validate21.errors=[{instancePath:instancePath+
"/reason",schemaPath:"#/properties/reason/maxLength",keyword:"maxLength",params:{limit:4096},message:"must NOT have more\
 than 4096 characters"}],!1;if(func2(data16)<1)return validate21.errors=[{instancePath:instancePath+"/reason",schemaPath:"\
#/properties/reason/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"}],!1}else
return validate21.errors=[{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{
type:"string"},message:"must be string"}],!1;var valid0=_errs41===errors}else var valid0=!0}}}}}}}}}}}}}}}}else return validate21.
errors=[{instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;return validate21.
errors=vErrors,errors===0}validate21.evaluated={props:!0,dynamicProps:!1,dynamicItems:!1};var schema53={type:"object",additionalProperties:!1,required:["size","sha256","object","stored"],properties:{size:{type:"\
integer",minimum:0,maximum:16777216},sha256:{$ref:"#/$defs/Digest"},object:{$ref:"#/$defs/Digest"},stored:{type:"integer",
minimum:1,maximum:33554432},transform:{type:"string",enum:["planes","delta"]},base:{$ref:"#/$defs/Digest"}}};function validate25(data2,{instancePath="",parentData,parentDataProperty,rootData=data2,dynamicAnchors={}}={}){let vErrors=null,
errors=0,evaluated0=validate25.evaluated;if(evaluated0.dynamicProps&&(evaluated0.props=void 0),evaluated0.dynamicItems&&
(evaluated0.items=void 0),errors===0)if(data2&&typeof data2=="object"&&!Array.isArray(data2)){let missing0;if(data2.size===
void 0&&(missing0="size")||data2.sha256===void 0&&(missing0="sha256")||data2.object===void 0&&(missing0="object")||data2.
stored===void 0&&(missing0="stored"))return validate25.errors=[{instancePath,schemaPath:"#/required",keyword:"required",
params:{missingProperty:missing0},message:"must have required property '"+missing0+"'"}],!1;{let _errs1=errors;for(let key0 in data2)
if(!(key0==="size"||key0==="sha256"||key0==="object"||key0==="stored"||key0==="transform"||key0==="base")){return validate25.
errors=[{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},
message:"must NOT have additional properties"}],!1;break}if(_errs1===errors){if(data2.size!==void 0){let data0=data2.size,
_errs2=errors;if(!(typeof data0=="number"&&!(data0%1)&&!isNaN(data0)&&isFinite(data0)))return validate25.errors=[{instancePath:instancePath+
"/size",schemaPath:"#/properties/size/type",keyword:"type",params:{type:"integer"},message:"must be integer"}],!1;if(errors===
_errs2&&typeof data0=="number"&&isFinite(data0)){if(data0>16777216||isNaN(data0))return validate25.errors=[{instancePath:instancePath+
"/size",schemaPath:"#/properties/size/maximum",keyword:"maximum",params:{comparison:"<=",limit:16777216},message:"must b\
e <= 16777216"}],!1;if(data0<0||isNaN(data0))return validate25.errors=[{instancePath:instancePath+"/size",schemaPath:"#/\
properties/size/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"}],!1}var valid0=_errs2===
errors}else var valid0=!0;if(valid0){if(data2.sha256!==void 0){let data1=data2.sha256,_errs4=errors;if(errors===errors)if(typeof data1==
"string"){if(!pattern17.test(data1))return validate25.errors=[{instancePath:instancePath+"/sha256",schemaPath:"#/$defs/D\
igest/pattern",keyword:"pattern",params:{pattern:"^[0-9a-f]{64}$"},message:'must match pattern "^[0-9a-f]{64}$"'}],!1}else
return validate25.errors=[{instancePath:instancePath+"/sha256",schemaPath:"#/$defs/Digest/type",keyword:"type",params:{type:"\
string"},message:"must be string"}],!1;var valid0=_errs4===errors}else var valid0=!0;if(valid0){if(data2.object!==void 0){
let data22=data2.object,_errs7=errors;if(errors===errors)if(typeof data22=="string"){if(!pattern17.test(data22))return validate25.
errors=[{instancePath:instancePath+"/object",schemaPath:"#/$defs/Digest/pattern",keyword:"pattern",params:{pattern:"^[0-\
9a-f]{64}$"},message:'must match pattern "^[0-9a-f]{64}$"'}],!1}else return validate25.errors=[{instancePath:instancePath+
"/object",schemaPath:"#/$defs/Digest/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs7===
errors}else var valid0=!0;if(valid0){if(data2.stored!==void 0){let data3=data2.stored,_errs10=errors;if(!(typeof data3==
"number"&&!(data3%1)&&!isNaN(data3)&&isFinite(data3)))return validate25.errors=[{instancePath:instancePath+"/stored",schemaPath:"\
#/properties/stored/type",keyword:"type",params:{type:"integer"},message:"must be integer"}],!1;if(errors===_errs10&&typeof data3==
"number"&&isFinite(data3)){if(data3>33554432||isNaN(data3))return validate25.errors=[{instancePath:instancePath+"/stored",
schemaPath:"#/properties/stored/maximum",keyword:"maximum",params:{comparison:"<=",limit:33554432},message:"must be <= 3\
3554432"}],!1;if(data3<1||isNaN(data3))return validate25.errors=[{instancePath:instancePath+"/stored",schemaPath:"#/prop\
erties/stored/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"}],!1}var valid0=_errs10===
errors}else var valid0=!0;if(valid0){if(data2.transform!==void 0){let data4=data2.transform,_errs12=errors;if(typeof data4!=
"string")return validate25.errors=[{instancePath:instancePath+"/transform",schemaPath:"#/properties/transform/type",keyword:"\
type",params:{type:"string"},message:"must be string"}],!1;if(!(data4==="planes"||data4==="delta"))return validate25.errors=
[{instancePath:instancePath+"/transform",schemaPath:"#/properties/transform/enum",keyword:"enum",params:{allowedValues:schema53.
properties.transform.enum},message:"must be equal to one of the allowed values"}],!1;var valid0=_errs12===errors}else var valid0=!0;
if(valid0)if(data2.base!==void 0){let data5=data2.base,_errs14=errors;if(errors===errors)if(typeof data5=="string"){if(!pattern17.
test(data5))return validate25.errors=[{instancePath:instancePath+"/base",schemaPath:"#/$defs/Digest/pattern",keyword:"pa\
ttern",params:{pattern:"^[0-9a-f]{64}$"},message:'must match pattern "^[0-9a-f]{64}$"'}],!1}else return validate25.errors=
[{instancePath:instancePath+"/base",schemaPath:"#/$defs/Digest/type",keyword:"type",params:{type:"string"},message:"must\
 be string"}],!1;var valid0=_errs14===errors}else var valid0=!0}}}}}}}else return validate25.errors=[{instancePath,schemaPath:"\
#/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;return validate25.errors=vErrors,errors===0}
validate25.evaluated={props:!0,dynamicProps:!1,dynamicItems:!1};function validate24(data2,{instancePath="",parentData,parentDataProperty,
rootData=data2,dynamicAnchors={}}={}){let vErrors=null,errors=0,evaluated0=validate24.evaluated;if(evaluated0.dynamicProps&&
(evaluated0.props=void 0),evaluated0.dynamicItems&&(evaluated0.items=void 0),errors===0)if(data2&&typeof data2=="object"&&
!Array.isArray(data2)){let missing0;if(data2.size===void 0&&(missing0="size")||data2.segments===void 0&&(missing0="segme\
nts"))return validate24.errors=[{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty:missing0},
message:"must have required property '"+missing0+"'"}],!1;{let _errs1=errors;for(let key0 in data2)if(!(key0==="size"||key0===
"segments"||key0==="bases")){return validate24.errors=[{instancePath,schemaPath:"#/additionalProperties",keyword:"additi\
onalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"}],!1;break}if(_errs1===errors){
if(data2.size!==void 0){let data0=data2.size,_errs2=errors;if(!(typeof data0=="number"&&!(data0%1)&&!isNaN(data0)&&isFinite(
data0)))return validate24.errors=[{instancePath:instancePath+"/size",schemaPath:"#/properties/size/type",keyword:"type",
params:{type:"integer"},message:"must be integer"}],!1;if(errors===_errs2&&typeof data0=="number"&&isFinite(data0)){if(data0>
9007199254740991||isNaN(data0))return validate24.errors=[{instancePath:instancePath+"/size",schemaPath:"#/properties/siz\
e/maximum",keyword:"maximum",params:{comparison:"<=",limit:9007199254740991},message:"must be <= 9007199254740991"}],!1;
if(data0<0||isNaN(data0))return validate24.errors=[{instancePath:instancePath+"/size",schemaPath:"#/properties/size/mini\
mum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"}],!1}var valid0=_errs2===errors}else var valid0=!0;
if(valid0){if(data2.segments!==void 0){let data1=data2.segments,_errs4=errors;if(errors===_errs4)if(Array.isArray(data1)){
if(data1.length>1e5)return validate24.errors=[{instancePath:instancePath+"/segments",schemaPath:"#/properties/segments/m\
axItems",keyword:"maxItems",params:{limit:1e5},message:"must NOT have more than 100000 items"}],!1;if(data1.length<1)return validate24.
errors=[{instancePath:instancePath+"/segments",schemaPath:"#/properties/segments/minItems",keyword:"minItems",params:{limit:1},
message:"must NOT have fewer than 1 items"}],!1;{var valid1=!0;let len0=data1.length;for(let i0=0;i0<len0;i0++){let _errs6=errors;
validate25(data1[i0],{instancePath:instancePath+"/segments/"+i0,parentData:data1,parentDataProperty:i0,rootData,dynamicAnchors})||
(vErrors=vErrors===null?validate25.errors:vErrors.concat(validate25.errors),errors=vErrors.length);var valid1=_errs6===errors;
if(!valid1)break}}}else return validate24.errors=[{instancePath:instancePath+"/segments",schemaPath:"#/properties/segmen\
ts/type",keyword:"type",params:{type:"array"},message:"must be array"}],!1;var valid0=_errs4===errors}else var valid0=!0;
if(valid0)if(data2.bases!==void 0){let data3=data2.bases,_errs7=errors;if(errors===_errs7)if(Array.isArray(data3)){if(data3.
length>1e5)return validate24.errors=[{instancePath:instancePath+"/bases",schemaPath:"#/properties/bases/maxItems",keyword:"\
maxItems",params:{limit:1e5},message:"must NOT have more than 100000 items"}],!1;if(data3.length<1)return validate24.errors=
[{instancePath:instancePath+"/bases",schemaPath:"#/properties/bases/minItems",keyword:"minItems",params:{limit:1},message:"\
must NOT have fewer than 1 items"}],!1;{var valid2=!0;let len1=data3.length;for(let i1=0;i1<len1;i1++){let _errs9=errors;
validate25(data3[i1],{instancePath:instancePath+"/bases/"+i1,parentData:data3,parentDataProperty:i1,rootData,dynamicAnchors})||
(vErrors=vErrors===null?validate25.errors:vErrors.concat(validate25.errors),errors=vErrors.length);var valid2=_errs9===errors;
if(!valid2)break}}}else return validate24.errors=[{instancePath:instancePath+"/bases",schemaPath:"#/properties/bases/typ\
e",keyword:"type",params:{type:"array"},message:"must be array"}],!1;var valid0=_errs7===errors}else var valid0=!0}}}}else
return validate24.errors=[{instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be objec\
t"}],!1;return validate24.errors=vErrors,errors===0}validate24.evaluated={props:!0,dynamicProps:!1,dynamicItems:!1};var schema57={
$schema:"https://json-schema.org/draft/2020-12/schema",$id:"urn:at1:schema:manifest:1",type:"object",additionalProperties:!1,
required:["registry","kind","name","version","created","content","form","size","files"],properties:{registry:{$ref:"#/$d\
efs/RegistryId"},kind:{$ref:"#/$defs/Kind"},name:{$ref:"#/$defs/ArtifactName"},version:{$ref:"#/$defs/Version"},created:{
$ref:"#/$defs/Timestamp"},content:{$ref:"#/$defs/PrefixedDigest"},form:{type:"string",enum:["file","tree"]},size:{type:"\
integer",minimum:0,maximum:9007199254740991},description:{type:"string",minLength:1,maxLength:4096},purpose:{type:"strin\
g",minLength:1,maxLength:4096},license:{type:"string",pattern:"^[A-Za-z0-9][A-Za-z0-9.+-]{0,127}$"},directories:{type:"a\
rray",minItems:1,maxItems:1e5,items:{$ref:"#/$defs/RelPath"}},metrics:{type:"object",minProperties:1,maxProperties:1e3,propertyNames:{
pattern:"^[A-Za-z0-9][A-Za-z0-9_./: @%+-]{0,127}$"},additionalProperties:{type:"number"}},lineage:{type:"array",minItems:1,
maxItems:256,items:{$ref:"#/$defs/LineageEntry"}},card:{$ref:"#/$defs/Card"},files:{type:"array",minItems:1,maxItems:1e5,
items:{$ref:"#/$defs/FileEntry"}}},$defs:{RegistryId:{type:"string",pattern:"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},Kind:{type:"\
string",enum:["model","data","recipe"]},ArtifactName:{type:"string",minLength:1,maxLength:128},Version:{type:"string",minLength:5,
maxLength:128},Timestamp:{type:"string",pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"},PrefixedDigest:{
type:"string",pattern:"^sha256:[0-9a-f]{64}$"},Digest:{type:"string",pattern:"^[0-9a-f]{64}$"},Blake3:{type:"string",pattern:"\
^[0-9a-f]{64}$"},RelPath:{type:"string",minLength:1,maxLength:4096},Card:{type:"object",additionalProperties:!1,required:[
"format","text"],properties:{format:{type:"string",enum:["markdown","toml"]},text:{type:"string",maxLength:262144}}},LineageEntry:{
type:"object",additionalProperties:!1,required:["relation"],oneOf:[{required:["ref","content"],not:{required:["uri"]}},{
required:["uri"],not:{required:["ref"]}}],properties:{relation:{type:"string",enum:["derived-from","fine-tuned-from","di\
stilled-from","merged-from","quantized-from","pruned-from","trained-on","evaluated-on","produced-by"]},ref:{type:"string",
minLength:1,maxLength:384},uri:{type:"string",pattern:"^[a-z][a-z0-9+.-]{0,31}:[!-~]{1,2048}$"},content:{$ref:"#/$defs/P\
refixedDigest"},parameters:{type:"array",minItems:1,maxItems:32,items:{$ref:"#/$defs/LineageParameter"}}}},LineageParameter:{
type:"object",additionalProperties:!1,required:["name","value"],properties:{name:{type:"string",pattern:"^[A-Za-z0-9][A-\
Za-z0-9_.-]{0,63}$"},value:{type:"string",maxLength:1024}}},FileEntry:{type:"object",additionalProperties:!1,required:["\
path","size","sha256","blake3"],oneOf:[{required:["segments"]},{required:["layout"]}],properties:{path:{$ref:"#/$defs/Re\
lPath"},size:{type:"integer",minimum:0,maximum:9007199254740991},sha256:{$ref:"#/$defs/Digest"},blake3:{$ref:"#/$defs/Bl\
ake3"},executable:{type:"boolean",const:!0},segments:{type:"array",minItems:1,maxItems:64,items:{$ref:"#/$defs/Segment"}},
bases:{type:"array",minItems:1,maxItems:512,items:{$ref:"#/$defs/Segment"}},layout:{$ref:"#/$defs/Segment"}}},Segment:{type:"\
object",additionalProperties:!1,required:["size","sha256","object","stored"],properties:{size:{type:"integer",minimum:0,
maximum:16777216},sha256:{$ref:"#/$defs/Digest"},object:{$ref:"#/$defs/Digest"},stored:{type:"integer",minimum:1,maximum:33554432},
transform:{type:"string",enum:["planes","delta"]},base:{$ref:"#/$defs/Digest"}}}}};var schema59={type:"string",enum:["model","data","recipe"]};var schema68={type:"object",additionalProperties:!1,required:["format","text"],properties:{format:{type:"string",enum:["\
markdown","toml"]},text:{type:"string",maxLength:262144}}},pattern26=new RegExp("^[A-Za-z0-9][A-Za-z0-9.+-]{0,127}$","u"),
schema65={type:"object",additionalProperties:!1,required:["relation"],oneOf:[{required:["ref","content"],not:{required:[
"uri"]}},{required:["uri"],not:{required:["ref"]}}],properties:{relation:{type:"string",enum:["derived-from","fine-tuned\
-from","distilled-from","merged-from","quantized-from","pruned-from","trained-on","evaluated-on","produced-by"]},ref:{type:"\
string",minLength:1,maxLength:384},uri:{type:"string",pattern:"^[a-z][a-z0-9+.-]{0,31}:[!-~]{1,2048}$"},content:{$ref:"#\
/$defs/PrefixedDigest"},parameters:{type:"array",minItems:1,maxItems:32,items:{$ref:"#/$defs/LineageParameter"}}}};var pattern28=new RegExp("^[a-z][a-z0-9+.-]{0,31}:[!-~]{1,2048}$","u"),pattern30=new RegExp("^[A-Za-z0-9][A-Za-z0-9_.-]{\
0,63}$","u");function validate29(data2,{instancePath="",parentData,parentDataProperty,rootData=data2,dynamicAnchors={}}={}){
let vErrors=null,errors=0,evaluated0=validate29.evaluated;evaluated0.dynamicProps&&(evaluated0.props=void 0),evaluated0.
dynamicItems&&(evaluated0.items=void 0);let _errs1=errors,valid0=!1,passing0=null,_errs2=errors,_errs3=errors,_errs4=errors;
if(data2&&typeof data2=="object"&&!Array.isArray(data2)){let missing0;if(data2.uri===void 0&&(missing0="uri")){let err0={};
vErrors===null?vErrors=[err0]:vErrors.push(err0),errors++}}var valid1=_errs4===errors;if(valid1){let err1={instancePath,
schemaPath:"#/oneOf/0/not",keyword:"not",params:{},message:"must NOT be valid"};vErrors===null?vErrors=[err1]:vErrors.push(
err1),errors++}else errors=_errs3,vErrors!==null&&(_errs3?vErrors.length=_errs3:vErrors=null);if(errors===_errs2&&data2&&
typeof data2=="object"&&!Array.isArray(data2)){let missing1;if(data2.ref===void 0&&(missing1="ref")||data2.content===void 0&&
(missing1="content")){let err22={instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty:missing1},
message:"must have required property '"+missing1+"'"};vErrors===null?vErrors=[err22]:vErrors.push(err22),errors++}}var _valid0=_errs2===
errors;_valid0&&(valid0=!0,passing0=0);let _errs5=errors,_errs6=errors,_errs7=errors;if(data2&&typeof data2=="object"&&!Array.
isArray(data2)){let missing2;if(data2.ref===void 0&&(missing2="ref")){let err3={};vErrors===null?vErrors=[err3]:vErrors.
push(err3),errors++}}var valid2=_errs7===errors;if(valid2){let err4={instancePath,schemaPath:"#/oneOf/1/not",keyword:"no\
t",params:{},message:"must NOT be valid"};vErrors===null?vErrors=[err4]:vErrors.push(err4),errors++}else errors=_errs6,vErrors!==
null&&(_errs6?vErrors.length=_errs6:vErrors=null);if(errors===_errs5&&data2&&typeof data2=="object"&&!Array.isArray(data2)){
let missing3;if(data2.uri===void 0&&(missing3="uri")){let err5={instancePath,schemaPath:"#/oneOf/1/required",keyword:"re\
quired",params:{missingProperty:missing3},message:"must have required property '"+missing3+"'"};vErrors===null?vErrors=[
err5]:vErrors.push(err5),errors++}}var _valid0=_errs5===errors;if(_valid0&&valid0?(valid0=!1,passing0=[passing0,1]):_valid0&&
(valid0=!0,passing0=1),valid0)errors=_errs1,vErrors!==null&&(_errs1?vErrors.length=_errs1:vErrors=null);else{let err6={instancePath,
schemaPath:"#/oneOf",keyword:"oneOf",params:{passingSchemas:passing0},message:"must match exactly one schema in oneOf"};
return vErrors===null?vErrors=[err6]:vErrors.push(err6),errors++,validate29.errors=vErrors,!1}if(errors===0)if(data2&&typeof data2==
"object"&&!Array.isArray(data2)){let missing4;if(data2.relation===void 0&&(missing4="relation"))return validate29.errors=
[{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty:missing4},message:"must have required \
property '"+missing4+"'"}],!1;{let _errs8=errors;for(let key0 in data2)if(!(key0==="relation"||key0==="ref"||key0==="uri"||
key0==="content"||key0==="parameters")){return validate29.errors=[{instancePath,schemaPath:"#/additionalProperties",keyword:"\
additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"}],!1;break}if(_errs8===
errors){if(data2.relation!==void 0){let data0=data2.relation,_errs9=errors;if(typeof data0!="string")return validate29.errors=
[{instancePath:instancePath+"/relation",schemaPath:"#/properties/relation/type",keyword:"type",params:{type:"string"},message:"\
must be string"}],!1;if(!(data0==="derived-from"||data0==="fine-tuned-from"||data0==="distilled-from"||data0==="merged-f\
rom"||data0==="quantized-from"||data0==="pruned-from"||data0==="trained-on"||data0==="evaluated-on"||data0==="produced-b\
y"))return validate29.errors=[{instancePath:instancePath+"/relation",schemaPath:"#/properties/relation/enum",keyword:"en\
um",params:{allowedValues:schema65.properties.relation.enum},message:"must be equal to one of the allowed values"}],!1;var valid3=_errs9===
errors}else var valid3=!0;if(valid3){if(data2.ref!==void 0){let data1=data2.ref,_errs11=errors;if(errors===_errs11)if(typeof data1==
"string"){if(func2(data1)>384)return validate29.errors=[{instancePath:instancePath+"/ref",schemaPath:"#/properties/ref/m\
axLength",keyword:"maxLength",params:{limit:384},message:"must NOT have more than 384 characters"}],!1;if(func2(data1)<1)
return validate29.errors=[{instancePath:instancePath+"/ref",schemaPath:"#/properties/ref/minLength",keyword:"minLength",
params:{limit:1},message:"must NOT have fewer than 1 characters"}],!1}else return validate29.errors=[{instancePath:instancePath+
"/ref",schemaPath:"#/properties/ref/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid3=_errs11===
errors}else var valid3=!0;if(valid3){if(data2.uri!==void 0){let data22=data2.uri,_errs13=errors;if(errors===_errs13)if(typeof data22==
"string"){if(!pattern28.test(data22))return validate29.errors=[{instancePath:instancePath+"/uri",schemaPath:"#/propertie\
s/uri/pattern",keyword:"pattern",params:{pattern:"^[a-z][a-z0-9+.-]{0,31}:[!-~]{1,2048}$"},message:'must match pattern "\
^[a-z][a-z0-9+.-]{0,31}:[!-~]{1,2048}$"'}],!1}else return validate29.errors=[{instancePath:instancePath+"/uri",schemaPath:"\
#/properties/uri/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid3=_errs13===errors}else
var valid3=!0;if(valid3){if(data2.content!==void 0){let data3=data2.content,_errs15=errors;if(errors===errors)if(typeof data3==
"string"){if(!pattern5.test(data3))return validate29.errors=[{instancePath:instancePath+"/content",schemaPath:"#/$defs/P\
refixedDigest/pattern",keyword:"pattern",params:{pattern:"^sha256:[0-9a-f]{64}$"},message:'must match pattern "^sha256:[\
0-9a-f]{64}$"'}],!1}else return validate29.errors=[{instancePath:instancePath+"/content",schemaPath:"#/$defs/PrefixedDig\
est/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid3=_errs15===errors}else var valid3=!0;
if(valid3)if(data2.parameters!==void 0){let data4=data2.parameters,_errs18=errors;if(errors===_errs18)if(Array.isArray(data4)){
if(data4.length>32)return validate29.errors=[{instancePath:instancePath+"/parameters",schemaPath:"#/properties/parameter\
s/maxItems",keyword:"maxItems",params:{limit:32},message:"must NOT have more than 32 items"}],!1;if(data4.length<1)return validate29.
errors=[{instancePath:instancePath+"/parameters",schemaPath:"#/properties/parameters/minItems",keyword:"minItems",params:{
limit:1},message:"must NOT have fewer than 1 items"}],!1;{var valid5=!0;let len0=data4.length;for(let i0=0;i0<len0;i0++){
let data5=data4[i0],_errs20=errors;if(errors===errors)if(data5&&typeof data5=="object"&&!Array.isArray(data5)){let missing5;
if(data5.name===void 0&&(missing5="name")||data5.value===void 0&&(missing5="value"))return validate29.errors=[{instancePath:instancePath+
"/parameters/"+i0,schemaPath:"#/$defs/LineageParameter/required",keyword:"required",params:{missingProperty:missing5},message:"\
must have required property '"+missing5+"'"}],!1;{let _errs23=errors;for(let key1 in data5)if(!(key1==="name"||key1==="v\
alue")){return validate29.errors=[{instancePath:instancePath+"/parameters/"+i0,schemaPath:"#/$defs/LineageParameter/addi\
tionalProperties",keyword:"additionalProperties",params:{additionalProperty:key1},message:"must NOT have additional prop\
erties"}],!1;break}if(_errs23===errors){if(data5.name!==void 0){let data6=data5.name,_errs24=errors;if(errors===_errs24)
if(typeof data6=="string"){if(!pattern30.test(data6))return validate29.errors=[{instancePath:instancePath+"/parameters/"+
i0+"/name",schemaPath:"#/$defs/LineageParameter/properties/name/pattern",keyword:"pattern",params:{pattern:"^[A-Za-z0-9]\
[A-Za-z0-9_.-]{0,63}$"},message:'must match pattern "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"'}],!1}else return validate29.errors=
[{instancePath:instancePath+"/parameters/"+i0+"/name",schemaPath:"#/$defs/LineageParameter/properties/name/type",keyword:"\
type",params:{type:"string"},message:"must be string"}],!1;var valid7=_errs24===errors}else var valid7=!0;if(valid7)if(data5.
value!==void 0){let data7=data5.value,_errs26=errors;if(errors===_errs26)if(typeof data7=="string"){if(func2(data7)>1024)
return validate29.errors=[{instancePath:instancePath+"/parameters/"+i0+"/value",schemaPath:"#/$defs/LineageParameter/pro\
perties/value/maxLength",keyword:"maxLength",params:{limit:1024},message:"must NOT have more than 1024 characters"}],!1}else
return validate29.errors=[{instancePath:instancePath+"/parameters/"+i0+"/value",schemaPath:"#/$defs/LineageParameter/pro\
perties/value/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid7=_errs26===errors}else
var valid7=!0}}}else return validate29.errors=[{instancePath:instancePath+"/parameters/"+i0,schemaPath:"#/$defs/LineageP\
arameter/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;var valid5=_errs20===errors;if(!valid5)
break}}}else return validate29.errors=[{instancePath:instancePath+"/parameters",schemaPath:"#/properties/parameters/type",
keyword:"type",params:{type:"array"},message:"must be array"}],!1;var valid3=_errs18===errors}else var valid3=!0}}}}}}else
return validate29.errors=[{instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be objec\
t"}],!1;return validate29.errors=vErrors,errors===0}validate29.evaluated={props:!0,dynamicProps:!1,dynamicItems:!1};var schema73={type:"object",additionalProperties:!1,required:["size","sha256","object","stored"],properties:{size:{type:"\
integer",minimum:0,maximum:16777216},sha256:{$ref:"#/$defs/Digest"},object:{$ref:"#/$defs/Digest"},stored:{type:"integer",
minimum:1,maximum:33554432},transform:{type:"string",enum:["planes","delta"]},base:{$ref:"#/$defs/Digest"}}};function validate32(data2,{
instancePath="",parentData,parentDataProperty,rootData=data2,dynamicAnchors={}}={}){let vErrors=null,errors=0,evaluated0=validate32.
evaluated;if(evaluated0.dynamicProps&&(evaluated0.props=void 0),evaluated0.dynamicItems&&(evaluated0.items=void 0),errors===
0)if(data2&&typeof data2=="object"&&!Array.isArray(data2)){let missing0;if(data2.size===void 0&&(missing0="size")||data2.
sha256===void 0&&(missing0="sha256")||data2.object===void 0&&(missing0="object")||data2.stored===void 0&&(missing0="stor\
ed"))return validate32.errors=[{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty:missing0},
message:"must have required property '"+missing0+"'"}],!1;{let _errs1=errors;for(let key0 in data2)if(!(key0==="size"||key0===
"sha256"||key0==="object"||key0==="stored"||key0==="transform"||key0==="base")){return validate32.errors=[{instancePath,
schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT ha\
ve additional properties"}],!1;break}if(_errs1===errors){if(data2.size!==void 0){let data0=data2.size,_errs2=errors;if(!(typeof data0==
"number"&&!(data0%1)&&!isNaN(data0)&&isFinite(data0)))return validate32.errors=[{instancePath:instancePath+"/size",schemaPath:"\
#/properties/size/type",keyword:"type",params:{type:"integer"},message:"must be integer"}],!1;if(errors===_errs2&&typeof data0==
"number"&&isFinite(data0)){if(data0>16777216||isNaN(data0))return validate32.errors=[{instancePath:instancePath+"/size",
schemaPath:"#/properties/size/maximum",keyword:"maximum",params:{comparison:"<=",limit:16777216},message:"must be <= 167\
77216"}],!1;if(data0<0||isNaN(data0))return validate32.errors=[{instancePath:instancePath+"/size",schemaPath:"#/properti\
es/size/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"}],!1}var valid0=_errs2===errors}else
var valid0=!0;if(valid0){if(data2.sha256!==void 0){let data1=data2.sha256,_errs4=errors;if(errors===errors)if(typeof data1==
"string"){if(!pattern17.test(data1))return validate32.errors=[{instancePath:instancePath+"/sha256",schemaPath:"#/$defs/D\
igest/pattern",keyword:"pattern",params:{pattern:"^[0-9a-f]{64}$"},message:'must match pattern "^[0-9a-f]{64}$"'}],!1}else
return validate32.errors=[{instancePath:instancePath+"/sha256",schemaPath:"#/$defs/Digest/type",keyword:"type",params:{type:"\
string"},message:"must be string"}],!1;var valid0=_errs4===errors}else var valid0=!0;if(valid0){if(data2.object!==void 0){
let data22=data2.object,_errs7=errors;if(errors===errors)if(typeof data22=="string"){if(!pattern17.test(data22))return validate32.
errors=[{instancePath:instancePath+"/object",schemaPath:"#/$defs/Digest/pattern",keyword:"pattern",params:{pattern:"^[0-\
9a-f]{64}$"},message:'must match pattern "^[0-9a-f]{64}$"'}],!1}else return validate32.errors=[{instancePath:instancePath+
"/object",schemaPath:"#/$defs/Digest/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs7===
errors}else var valid0=!0;if(valid0){if(data2.stored!==void 0){let data3=data2.stored,_errs10=errors;if(!(typeof data3==
"number"&&!(data3%1)&&!isNaN(data3)&&isFinite(data3)))return validate32.errors=[{instancePath:instancePath+"/stored",schemaPath:"\
#/properties/stored/type",keyword:"type",params:{type:"integer"},message:"must be integer"}],!1;if(errors===_errs10&&typeof data3==
"number"&&isFinite(data3)){if(data3>33554432||isNaN(data3))return validate32.errors=[{instancePath:instancePath+"/stored",
schemaPath:"#/properties/stored/maximum",keyword:"maximum",params:{comparison:"<=",limit:33554432},message:"must be <= 3\
3554432"}],!1;if(data3<1||isNaN(data3))return validate32.errors=[{instancePath:instancePath+"/stored",schemaPath:"#/prop\
erties/stored/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"}],!1}var valid0=_errs10===
errors}else var valid0=!0;if(valid0){if(data2.transform!==void 0){let data4=data2.transform,_errs12=errors;if(typeof data4!=
"string")return validate32.errors=[{instancePath:instancePath+"/transform",schemaPath:"#/properties/transform/type",keyword:"\
type",params:{type:"string"},message:"must be string"}],!1;if(!(data4==="planes"||data4==="delta"))return validate32.errors=
[{instancePath:instancePath+"/transform",schemaPath:"#/properties/transform/enum",keyword:"enum",params:{allowedValues:schema73.
properties.transform.enum},message:"must be equal to one of the allowed values"}],!1;var valid0=_errs12===errors}else var valid0=!0;
if(valid0)if(data2.base!==void 0){let data5=data2.base,_errs14=errors;if(errors===errors)if(typeof data5=="string"){if(!pattern17.
test(data5))return validate32.errors=[{instancePath:instancePath+"/base",schemaPath:"#/$defs/Digest/pattern",keyword:"pa\
ttern",params:{pattern:"^[0-9a-f]{64}$"},message:'must match pattern "^[0-9a-f]{64}$"'}],!1}else return validate32.errors=
[{instancePath:instancePath+"/base",schemaPath:"#/$defs/Digest/type",keyword:"type",params:{type:"string"},message:"must\
 be string"}],!1;var valid0=_errs14===errors}else var valid0=!0}}}}}}}else return validate32.errors=[{instancePath,schemaPath:"\
#/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;return validate32.errors=vErrors,errors===0}
validate32.evaluated={props:!0,dynamicProps:!1,dynamicItems:!1};function validate31(data2,{instancePath="",parentData,parentDataProperty,
rootData=data2,dynamicAnchors={}}={}){let vErrors=null,errors=0,evaluated0=validate31.evaluated;evaluated0.dynamicProps&&
(evaluated0.props=void 0),evaluated0.dynamicItems&&(evaluated0.items=void 0);let _errs1=errors,valid0=!1,passing0=null,_errs2=errors;
if(data2&&typeof data2=="object"&&!Array.isArray(data2)){let missing0;if(data2.segments===void 0&&(missing0="segments")){
let err0={instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty:missing0},message:"mus\
t have required property '"+missing0+"'"};vErrors===null?vErrors=[err0]:vErrors.push(err0),errors++}}var _valid0=_errs2===
errors;_valid0&&(valid0=!0,passing0=0);let _errs3=errors;if(data2&&typeof data2=="object"&&!Array.isArray(data2)){let missing1;
if(data2.layout===void 0&&(missing1="layout")){let err1={instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",
params:{missingProperty:missing1},message:"must have required property '"+missing1+"'"};vErrors===null?vErrors=[err1]:vErrors.
push(err1),errors++}}var _valid0=_errs3===errors;if(_valid0&&valid0?(valid0=!1,passing0=[passing0,1]):_valid0&&(valid0=!0,
passing0=1),valid0)errors=_errs1,vErrors!==null&&(_errs1?vErrors.length=_errs1:vErrors=null);else{let err22={instancePath,
schemaPath:"#/oneOf",keyword:"oneOf",params:{passingSchemas:passing0},message:"must match exactly one schema in oneOf"};
return vErrors===null?vErrors=[err22]:vErrors.push(err22),errors++,validate31.errors=vErrors,!1}if(errors===0)if(data2&&
typeof data2=="object"&&!Array.isArray(data2)){let missing2;if(data2.path===void 0&&(missing2="path")||data2.size===void 0&&
(missing2="size")||data2.sha256===void 0&&(missing2="sha256")||data2.blake3===void 0&&(missing2="blake3"))return validate31.
errors=[{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty:missing2},message:"must have re\
quired property '"+missing2+"'"}],!1;{let _errs4=errors;for(let key0 in data2)if(!(key0==="path"||key0==="size"||key0===
"sha256"||key0==="blake3"||key0==="executable"||key0==="segments"||key0==="bases"||key0==="layout")){return validate31.errors=
[{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"\
must NOT have additional properties"}],!1;break}if(_errs4===errors){if(data2.path!==void 0){let data0=data2.path,_errs5=errors;
if(errors===errors)if(typeof data0=="string"){if(func2(data0)>4096)return validate31.errors=[{instancePath:instancePath+
"/path",schemaPath:"#/$defs/RelPath/maxLength",keyword:"maxLength",params:{limit:4096},message:"must NOT have more than \
4096 characters"}],!1;if(func2(data0)<1)return validate31.errors=[{instancePath:instancePath+"/path",schemaPath:"#/$defs\
/RelPath/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"}],!1}else return validate31.
errors=[{instancePath:instancePath+"/path",schemaPath:"#/$defs/RelPath/type",keyword:"type",params:{type:"string"},message:"\
must be string"}],!1;var valid1=_errs5===errors}else var valid1=!0;if(valid1){if(data2.size!==void 0){let data1=data2.size,
_errs8=errors;if(!(typeof data1=="number"&&!(data1%1)&&!isNaN(data1)&&isFinite(data1)))return validate31.errors=[{instancePath:instancePath+
"/size",schemaPath:"#/properties/size/type",keyword:"type",params:{type:"integer"},message:"must be integer"}],!1;if(errors===
_errs8&&typeof data1=="number"&&isFinite(data1)){if(data1>9007199254740991||isNaN(data1))return validate31.errors=[{instancePath:instancePath+
"/size",schemaPath:"#/properties/size/maximum",keyword:"maximum",params:{comparison:"<=",limit:9007199254740991},message:"\
must be <= 9007199254740991"}],!1;if(data1<0||isNaN(data1))return validate31.errors=[{instancePath:instancePath+"/size",
schemaPath:"#/properties/size/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"}],!1}var valid1=_errs8===
errors}else var valid1=!0;if(valid1){if(data2.sha256!==void 0){let data22=data2.sha256,_errs10=errors;if(errors===errors)
if(typeof data22=="string"){if(!pattern17.test(data22))return validate31.errors=[{instancePath:instancePath+"/sha256",schemaPath:"\
#/$defs/Digest/pattern",keyword:"pattern",params:{pattern:"^[0-9a-f]{64}$"},message:'must match pattern "^[0-9a-f]{64}$"'}],
!1}else return validate31.errors=[{instancePath:instancePath+"/sha256",schemaPath:"#/$defs/Digest/type",keyword:"type",params:{
type:"string"},message:"must be string"}],!1;var valid1=_errs10===errors}else var valid1=!0;if(valid1){if(data2.blake3!==
void 0){let data3=data2.blake3,_errs13=errors;if(errors===errors)if(typeof data3=="string"){if(!pattern17.test(data3))return validate31.
errors=[{instancePath:instancePath+"/blake3",schemaPath:"#/$defs/Blake3/pattern",keyword:"pattern",params:{pattern:"^[0-\
9a-f]{64}$"},message:'must match pattern "^[0-9a-f]{64}$"'}],!1}else return validate31.errors=[{instancePath:instancePath+
"/blake3",schemaPath:"#/$defs/Blake3/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid1=_errs13===
errors}else var valid1=!0;if(valid1){if(data2.executable!==void 0){let data4=data2.executable,_errs16=errors;if(typeof data4!=
"boolean")return validate31.errors=[{instancePath:instancePath+"/executable",schemaPath:"#/properties/executable/type",keyword:"\
type",params:{type:"boolean"},message:"must be boolean"}],!1;if(data4!==!0)return validate31.errors=[{instancePath:instancePath+
"/executable",schemaPath:"#/properties/executable/const",keyword:"const",params:{allowedValue:!0},message:"must be equal\
 to constant"}],!1;var valid1=_errs16===errors}else var valid1=!0;if(valid1){if(data2.segments!==void 0){let data5=data2.
segments,_errs18=errors;if(errors===_errs18)if(Array.isArray(data5)){if(data5.length>64)return validate31.errors=[{instancePath:instancePath+
"/segments",schemaPath:"#/properties/segments/maxItems",keyword:"maxItems",params:{limit:64},message:"must NOT have more\
 than 64 items"}],!1;if(data5.length<1)return validate31.errors=[{instancePath:instancePath+"/segments",schemaPath:"#/pr\
operties/segments/minItems",keyword:"minItems",params:{limit:1},message:"must NOT have fewer than 1 items"}],!1;{var valid5=!0;
let len0=data5.length;for(let i0=0;i0<len0;i0++){let _errs20=errors;validate32(data5[i0],{instancePath:instancePath+"/se\
gments/"+i0,parentData:data5,parentDataProperty:i0,rootData,dynamicAnchors})||(vErrors=vErrors===null?validate32.errors:
vErrors.concat(validate32.errors),errors=vErrors.length);var valid5=_errs20===errors;if(!valid5)break}}}else return validate31.
errors=[{instancePath:instancePath+"/segments",schemaPath:"#/properties/segments/type",keyword:"type",params:{type:"arra\
y"},message:"must be array"}],!1;var valid1=_errs18===errors}else var valid1=!0;if(valid1){if(data2.bases!==void 0){let data7=data2.
bases,_errs21=errors;if(errors===_errs21)if(Array.isArray(data7)){if(data7.length>512)return validate31.errors=[{instancePath:instancePath+
"/bases",schemaPath:"#/properties/bases/maxItems",keyword:"maxItems",params:{limit:512},message:"must NOT have more than\
 512 items"}],!1;if(data7.length<1)return validate31.errors=[{instancePath:instancePath+"/bases",schemaPath:"#/propertie\
s/bases/minItems",keyword:"minItems",params:{limit:1},message:"must NOT have fewer than 1 items"}],!1;{var valid6=!0;let len1=data7.
length;for(let i1=0;i1<len1;i1++){let _errs23=errors;validate32(data7[i1],{instancePath:instancePath+"/bases/"+i1,parentData:data7,
parentDataProperty:i1,rootData,dynamicAnchors})||(vErrors=vErrors===null?validate32.errors:vErrors.concat(validate32.errors),
errors=vErrors.length);var valid6=_errs23===errors;if(!valid6)break}}}else return validate31.errors=[{instancePath:instancePath+
"/bases",schemaPath:"#/properties/bases/type",keyword:"type",params:{type:"array"},message:"must be array"}],!1;var valid1=_errs21===
errors}else var valid1=!0;if(valid1)if(data2.layout!==void 0){let _errs24=errors;validate32(data2.layout,{instancePath:instancePath+
"/layout",parentData:data2,parentDataProperty:"layout",rootData,dynamicAnchors})||(vErrors=vErrors===null?validate32.errors:
vErrors.concat(validate32.errors),errors=vErrors.length);var valid1=_errs24===errors}else var valid1=!0}}}}}}}}}else return validate31.
errors=[{instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;return validate31.
errors=vErrors,errors===0}validate31.evaluated={props:!0,dynamicProps:!1,dynamicItems:!1};function validate28(data2,{instancePath="",
parentData,parentDataProperty,rootData=data2,dynamicAnchors={}}={}){let vErrors=null,errors=0,evaluated0=validate28.evaluated;
if(evaluated0.dynamicProps&&(evaluated0.props=void 0),evaluated0.dynamicItems&&(evaluated0.items=void 0),errors===0)if(data2&&
typeof data2=="object"&&!Array.isArray(data2)){let missing0;if(data2.registry===void 0&&(missing0="registry")||data2.kind===
void 0&&(missing0="kind")||data2.name===void 0&&(missing0="name")||data2.version===void 0&&(missing0="version")||data2.created===
void 0&&(missing0="created")||data2.content===void 0&&(missing0="content")||data2.form===void 0&&(missing0="form")||data2.
size===void 0&&(missing0="size")||data2.files===void 0&&(missing0="files"))return validate28.errors=[{instancePath,schemaPath:"\
#/required",keyword:"required",params:{missingProperty:missing0},message:"must have required property '"+missing0+"'"}],
!1;{let _errs1=errors;for(let key0 in data2)if(!func1.call(schema57.properties,key0)){return validate28.errors=[{instancePath,
schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT ha\
ve additional properties"}],!1;break}if(_errs1===errors){if(data2.registry!==void 0){let data0=data2.registry,_errs2=errors;
if(errors===errors)if(typeof data0=="string"){if(!pattern4.test(data0))return validate28.errors=[{instancePath:instancePath+
"/registry",schemaPath:"#/$defs/RegistryId/pattern",keyword:"pattern",params:{pattern:"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},message:'\
must match pattern "^[0-7][0-9A-HJKMNP-TV-Z]{25}$"'}],!1}else return validate28.errors=[{instancePath:instancePath+"/reg\
istry",schemaPath:"#/$defs/RegistryId/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs2===
errors}else var valid0=!0;if(valid0){if(data2.kind!==void 0){let data1=data2.kind,_errs5=errors;if(typeof data1!="string")
return validate28.errors=[{instancePath:instancePath+"/kind",schemaPath:"#/$defs/Kind/type",keyword:"type",params:{type:"\
string"},message:"must be string"}],!1;if(!(data1==="model"||data1==="data"||data1==="recipe"))return validate28.errors=
[{instancePath:instancePath+"/kind",schemaPath:"#/$defs/Kind/enum",keyword:"enum",params:{allowedValues:schema59.enum},message:"\
must be equal to one of the allowed values"}],!1;var valid0=_errs5===errors}else var valid0=!0;if(valid0){if(data2.name!==
void 0){let data22=data2.name,_errs8=errors;if(errors===errors)if(typeof data22=="string"){if(func2(data22)>128)return validate28.
errors=[{instancePath:instancePath+"/name",schemaPath:"#/$defs/ArtifactName/maxLength",keyword:"maxLength",params:{limit:128},
message:"must NOT have more than 128 characters"}],!1;if(func2(data22)<1)return validate28.errors=[{instancePath:instancePath+
"/name",schemaPath:"#/$defs/ArtifactName/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer th\
an 1 characters"}],!1}else return validate28.errors=[{instancePath:instancePath+"/name",schemaPath:"#/$defs/ArtifactName\
/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs8===errors}else var valid0=!0;
if(valid0){if(data2.version!==void 0){let data3=data2.version,_errs11=errors;if(errors===errors)if(typeof data3=="string"){
if(func2(data3)>128)return validate28.errors=[{instancePath:instancePath+"/version",schemaPath:"#/$defs/Version/maxLengt\
h",keyword:"maxLength",params:{limit:128},message:"must NOT have more than 128 characters"}],!1;if(func2(data3)<5)return validate28.
errors=[{instancePath:instancePath+"/version",schemaPath:"#/$defs/Version/minLength",keyword:"minLength",params:{limit:5},
message:"must NOT have fewer than 5 characters"}],!1}else return validate28.errors=[{instancePath:instancePath+"/version",
schemaPath:"#/$defs/Version/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs11===
errors}else var valid0=!0;if(valid0){if(data2.created!==void 0){let data4=data2.created,_errs14=errors;if(errors===errors)
if(typeof data4=="string"){if(!pattern9.test(data4))return validate28.errors=[{instancePath:instancePath+"/created",schemaPath:"\
#/$defs/Timestamp/pattern",keyword:"pattern",params:{pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"},
message:'must match pattern "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"'}],!1}else return validate28.errors=
[{instancePath:instancePath+"/created",schemaPath:"#/$defs/Timestamp/type",keyword:"type",params:{type:"string"},message:"\
must be string"}],!1;var valid0=_errs14===errors}else var valid0=!0;if(valid0){if(data2.content!==void 0){let data5=data2.
content,_errs17=errors;if(errors===errors)if(typeof data5=="string"){if(!pattern5.test(data5))return validate28.errors=[
{instancePath:instancePath+"/content",schemaPath:"#/$defs/PrefixedDigest/pattern",keyword:"pattern",params:{pattern:"^sh\
a256:[0-9a-f]{64}$"},message:'must match pattern "^sha256:[0-9a-f]{64}$"'}],!1}else return validate28.errors=[{instancePath:instancePath+
"/content",schemaPath:"#/$defs/PrefixedDigest/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;
var valid0=_errs17===errors}else var valid0=!0;if(valid0){if(data2.form!==void 0){let data6=data2.form,_errs20=errors;if(typeof data6!=
"string")return validate28.errors=[{instancePath:instancePath+"/form",schemaPath:"#/properties/form/type",keyword:"type",
params:{type:"string"},message:"must be string"}],!1;if(!(data6==="file"||data6==="tree"))return validate28.errors=[{instancePath:instancePath+
"/form",schemaPath:"#/properties/form/enum",keyword:"enum",params:{allowedValues:schema57.properties.form.enum},message:"\
must be equal to one of the allowed values"}],!1;var valid0=_errs20===errors}else var valid0=!0;if(valid0){if(data2.size!==
void 0){let data7=data2.size,_errs22=errors;if(!(typeof data7=="number"&&!(data7%1)&&!isNaN(data7)&&isFinite(data7)))return validate28.
errors=[{instancePath:instancePath+"/size",schemaPath:"#/properties/size/type",keyword:"type",params:{type:"integer"},message:"\
must be integer"}],!1;if(errors===_errs22&&typeof data7=="number"&&isFinite(data7)){if(data7>9007199254740991||isNaN(data7))
return validate28.errors=[{instancePath:instancePath+"/size",schemaPath:"#/properties/size/maximum",keyword:"maximum",params:{
comparison:"<=",limit:9007199254740991},message:"must be <= 9007199254740991"}],!1;if(data7<0||isNaN(data7))return validate28.
errors=[{instancePath:instancePath+"/size",schemaPath:"#/properties/size/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"}],!1}var valid0=_errs22===errors}else var valid0=!0;if(valid0){if(data2.description!==
void 0){let data8=data2.description,_errs24=errors;if(errors===_errs24)if(typeof data8=="string"){if(func2(data8)>4096)return validate28.
errors=[{instancePath:instancePath+"/description",schemaPath:"#/properties/description/maxLength",keyword:"maxLength",params:{
limit:4096},message:"must NOT have more than 4096 characters"}],!1;if(func2(data8)<1)return validate28.errors=[{instancePath:instancePath+
"/description",schemaPath:"#/properties/description/minLength",keyword:"minLength",params:{limit:1},message:"must NOT ha\
ve fewer than 1 characters"}],!1}else return validate28.errors=[{instancePath:instancePath+"/description",schemaPath:"#/\
properties/description/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs24===errors}else
var valid0=!0;if(valid0){if(data2.purpose!==void 0){let data9=data2.purpose,_errs26=errors;if(errors===_errs26)if(typeof data9==
"string"){if(func2(data9)>4096)return validate28.errors=[{instancePath:instancePath+"/purpose",schemaPath:"#/properties/\
purpose/maxLength",keyword:"maxLength",params:{limit:4096},message:"must NOT have more than 4096 characters"}],!1;if(func2(
data9)<1)return validate28.errors=[{instancePath:instancePath+"/purpose",schemaPath:"#/properties/purpose/minLength",keyword:"\
minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"}],!1}else return validate28.errors=[{instancePath:instancePath+
"/purpose",schemaPath:"#/properties/purpose/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs26===
errors}else var valid0=!0;if(valid0){if(data2.license!==void 0){let data10=data2.license,_errs28=errors;if(errors===_errs28)
if(typeof data10=="string"){if(!pattern26.test(data10))return validate28.errors=[{instancePath:instancePath+"/license",schemaPath:"\
#/properties/license/pattern",keyword:"pattern",params:{pattern:"^[A-Za-z0-9][A-Za-z0-9.+-]{0,127}$"},message:'must matc\
h pattern "^[A-Za-z0-9][A-Za-z0-9.+-]{0,127}$"'}],!1}else return validate28.errors=[{instancePath:instancePath+"/license",
schemaPath:"#/properties/license/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs28===
errors}else var valid0=!0;if(valid0){if(data2.directories!==void 0){let data11=data2.directories,_errs30=errors;if(errors===
_errs30)if(Array.isArray(data11)){if(data11.length>1e5)return validate28.errors=[{instancePath:instancePath+"/directorie\
s",schemaPath:"#/properties/directories/maxItems",keyword:"maxItems",params:{limit:1e5},message:"must NOT have more than\
 100000 items"}],!1;if(data11.length<1)return validate28.errors=[{instancePath:instancePath+"/directories",schemaPath:"#\
/properties/directories/minItems",keyword:"minItems",params:{limit:1},message:"must NOT have fewer than 1 items"}],!1;{var valid7=!0;
let len0=data11.length;for(let i0=0;i0<len0;i0++){let data12=data11[i0],_errs32=errors;if(errors===errors)if(typeof data12==
"string"){if(func2(data12)>4096)return validate28.errors=[{instancePath:instancePath+"/directories/"+i0,schemaPath:"#/$d\
efs/RelPath/maxLength",keyword:"maxLength",params:{limit:4096},message:"must NOT have more than 4096 characters"}],!1;if(func2(
data12)<1)return validate28.errors=[{instancePath:instancePath+"/directories/"+i0,schemaPath:"#/$defs/RelPath/minLength",
keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"}],!1}else return validate28.errors=
[{instancePath:instancePath+"/directories/"+i0,schemaPath:"#/$defs/RelPath/type",keyword:"type",params:{type:"string"},message:"\
must be string"}],!1;var valid7=_errs32===errors;if(!valid7)break}}}else return validate28.errors=[{instancePath:instancePath+
"/directories",schemaPath:"#/properties/directories/type",keyword:"type",params:{type:"array"},message:"must be array"}],
!1;var valid0=_errs30===errors}else var valid0=!0;if(valid0){if(data2.metrics!==void 0){let data13=data2.metrics,_errs35=errors;
if(errors===_errs35)if(data13&&typeof data13=="object"&&!Array.isArray(data13)){if(Object.keys(data13).length>1e3)return validate28.
errors=[{instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/maxProperties",keyword:"maxProperties",params:{
limit:1e3},message:"must NOT have more than 1000 properties"}],!1;if(Object.keys(data13).length<1)return validate28.errors=
[{instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/minProperties",keyword:"minProperties",params:{limit:1},
message:"must NOT have fewer than 1 properties"}],!1;for(let key1 in data13){let _errs37=errors;if(typeof key1=="string"&&
!pattern16.test(key1)){let err0={instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/propertyNames/pat\
tern",keyword:"pattern",params:{pattern:"^[A-Za-z0-9][A-Za-z0-9_./: @%+-]{0,127}$"},message:'must match pattern "^[A-Za-\
z0-9][A-Za-z0-9_./: @%+-]{0,127}$"',propertyName:key1};vErrors===null?vErrors=[err0]:vErrors.push(err0),errors++}var valid9=_errs37===
errors;if(!valid9){let err1={instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/propertyNames",keyword:"\
propertyNames",params:{propertyName:key1},message:"property name must be valid"};return vErrors===null?vErrors=[err1]:vErrors.
push(err1),errors++,validate28.errors=vErrors,!1;break}}if(valid9)for(let key2 in data13){let data14=data13[key2],_errs39=errors;
if(!(typeof data14=="number"&&isFinite(data14)))return validate28.errors=[{instancePath:instancePath+"/metrics/"+key2.replace(
/~/g,"~0").replace(/\//g,"~1"),schemaPath:"#/properties/metrics/additionalProperties/type",keyword:"type",params:{type:"\
number"},message:"must be number"}],!1;var valid10=_errs39===errors;if(!valid10)break}}else return validate28.errors=[{instancePath:instancePath+
"/metrics",schemaPath:"#/properties/metrics/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;var valid0=_errs35===
errors}else var valid0=!0;if(valid0){if(data2.lineage!==void 0){let data15=data2.lineage,_errs41=errors;if(errors===_errs41)
if(Array.isArray(data15)){if(data15.length>256)return validate28.errors=[{instancePath:instancePath+"/lineage",schemaPath:"\
#/properties/lineage/maxItems",keyword:"maxItems",params:{limit:256},message:"must NOT have more than 256 items"}],!1;if(data15.
length<1)return validate28.errors=[{instancePath:instancePath+"/lineage",schemaPath:"#/properties/lineage/minItems",keyword:"\
minItems",params:{limit:1},message:"must NOT have fewer than 1 items"}],!1;{var valid11=!0;let len1=data15.length;for(let i1=0;i1<
len1;i1++){let _errs43=errors;validate29(data15[i1],{instancePath:instancePath+"/lineage/"+i1,parentData:data15,parentDataProperty:i1,
rootData,dynamicAnchors})||(vErrors=vErrors===null?validate29.errors:vErrors.concat(validate29.errors),errors=vErrors.length);
var valid11=_errs43===errors;if(!valid11)break}}}else return validate28.errors=[{instancePath:instancePath+"/lineage",schemaPath:"\
#/properties/lineage/type",keyword:"type",params:{type:"array"},message:"must be array"}],!1;var valid0=_errs41===errors}else
var valid0=!0;if(valid0){if(data2.card!==void 0){let data17=data2.card,_errs44=errors;if(errors===errors)if(data17&&typeof data17==
"object"&&!Array.isArray(data17)){let missing1;if(data17.format===void 0&&(missing1="format")||data17.text===void 0&&(missing1=
"text"))return validate28.errors=[{instancePath:instancePath+"/card",schemaPath:"#/$defs/Card/required",keyword:"require\
d",params:{missingProperty:missing1},message:"must have required property '"+missing1+"'"}],!1;{let _errs47=errors;for(let key3 in data17)
if(!(key3==="format"||key3==="text")){return validate28.errors=[{instancePath:instancePath+"/card",schemaPath:"#/$defs/C\
ard/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key3},message:"must NOT have additio\
nal properties"}],!1;break}if(_errs47===errors){if(data17.format!==void 0){let data18=data17.format,_errs48=errors;if(typeof data18!=
"string")return validate28.errors=[{instancePath:instancePath+"/card/format",schemaPath:"#/$defs/Card/properties/format/\
type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;if(!(data18==="markdown"||data18==="toml"))return validate28.
errors=[{instancePath:instancePath+"/card/format",schemaPath:"#/$defs/Card/properties/format/enum",keyword:"enum",params:{
allowedValues:schema68.properties.format.enum},message:"must be equal to one of the allowed values"}],!1;var valid13=_errs48===
errors}else var valid13=!0;if(valid13)if(data17.text!==void 0){let data19=data17.text,_errs50=errors;if(errors===_errs50)
if(typeof data19=="string"){if(func2(data19)>262144)return validate28.errors=[{instancePath:instancePath+"/card/text",schemaPath:"\
#/$defs/Card/properties/text/maxLength",keyword:"maxLength",params:{limit:262144},message:"must NOT have more than 26214\
4 characters"}],!1}else return validate28.errors=[{instancePath:instancePath+"/card/text",schemaPath:"#/$defs/Card/prope\
rties/text/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid13=_errs50===errors}else var valid13=!0}}}else
return validate28.errors=[{instancePath:instancePath+"/card",schemaPath:"#/$defs/Card/type",keyword:"type",params:{type:"\
object"},message:"must be object"}],!1;var valid0=_errs44===errors}else var valid0=!0;if(valid0)if(data2.files!==void 0){
let data20=data2.files,_errs52=errors;if(errors===_errs52)if(Array.isArray(data20)){if(data20.length>1e5)return validate28.
errors=[{instancePath:instancePath+"/files",schemaPath:"#/properties/files/maxItems",keyword:"maxItems",params:{limit:1e5},
message:"must NOT have more than 100000 items"}],!1;if(data20.length<1)return validate28.errors=[{instancePath:instancePath+
"/files",schemaPath:"#/properties/files/minItems",keyword:"minItems",params:{limit:1},message:"must NOT have fewer than \
1 items"}],!1;{var valid14=!0;let len2=data20.length;for(let i2=0;i2<len2;i2++){let _errs54=errors;validate31(data20[i2],
{instancePath:instancePath+"/files/"+i2,parentData:data20,parentDataProperty:i2,rootData,dynamicAnchors})||(vErrors=vErrors===
null?validate31.errors:vErrors.concat(validate31.errors),errors=vErrors.length);var valid14=_errs54===errors;if(!valid14)
break}}}else return validate28.errors=[{instancePath:instancePath+"/files",schemaPath:"#/properties/files/type",keyword:"\
type",params:{type:"array"},message:"must be array"}],!1;var valid0=_errs52===errors}else var valid0=!0}}}}}}}}}}}}}}}}}else
return validate28.errors=[{instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be objec\
t"}],!1;return validate28.errors=vErrors,errors===0}validate28.evaluated={props:!0,dynamicProps:!1,dynamicItems:!1};function validate37(data2,{instancePath="",parentData,parentDataProperty,rootData=data2,dynamicAnchors={}}={}){let vErrors=null,
errors=0,evaluated0=validate37.evaluated;if(evaluated0.dynamicProps&&(evaluated0.props=void 0),evaluated0.dynamicItems&&
(evaluated0.items=void 0),errors===0)if(data2&&typeof data2=="object"&&!Array.isArray(data2)){let missing0;if(data2.tests===
void 0&&(missing0="tests"))return validate37.errors=[{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty:missing0},
message:"must have required property '"+missing0+"'"}],!1;{let _errs1=errors;for(let key0 in data2)if(key0!=="tests"){return validate37.
errors=[{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},
message:"must NOT have additional properties"}],!1;break}if(_errs1===errors&&data2.tests!==void 0){let data0=data2.tests;
if(errors===errors)if(Array.isArray(data0)){if(data0.length>1e3)return validate37.errors=[{instancePath:instancePath+"/t\
ests",schemaPath:"#/properties/tests/maxItems",keyword:"maxItems",params:{limit:1e3},message:"must NOT have more than 10\
00 items"}],!1;if(data0.length<1)return validate37.errors=[{instancePath:instancePath+"/tests",schemaPath:"#/properties/\
tests/minItems",keyword:"minItems",params:{limit:1},message:"must NOT have fewer than 1 items"}],!1;{var valid1=!0;let len0=data0.
length;for(let i0=0;i0<len0;i0++){let data1=data0[i0],_errs4=errors;if(errors===errors)if(data1&&typeof data1=="object"&&
!Array.isArray(data1)){let missing1;if(data1.name===void 0&&(missing1="name")||data1.who===void 0&&(missing1="who")||data1.
action===void 0&&(missing1="action")||data1.allowed===void 0&&(missing1="allowed"))return validate37.errors=[{instancePath:instancePath+
"/tests/"+i0,schemaPath:"#/$defs/PolicyTest/required",keyword:"required",params:{missingProperty:missing1},message:"must\
 have required property '"+missing1+"'"}],!1;{let _errs7=errors;for(let key1 in data1)if(!(key1==="name"||key1==="who"||
key1==="action"||key1==="artifact"||key1==="authors"||key1==="allowed")){return validate37.errors=[{instancePath:instancePath+
"/tests/"+i0,schemaPath:"#/$defs/PolicyTest/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key1},
message:"must NOT have additional properties"}],!1;break}if(_errs7===errors){if(data1.name!==void 0){let data22=data1.name,
_errs8=errors;if(errors===_errs8)if(typeof data22=="string"){if(func2(data22)>256)return validate37.errors=[{instancePath:instancePath+
"/tests/"+i0+"/name",schemaPath:"#/$defs/PolicyTest/properties/name/maxLength",keyword:"maxLength",params:{limit:256},message:"\
must NOT have more than 256 characters"}],!1;if(func2(data22)<1)return validate37.errors=[{instancePath:instancePath+"/t\
ests/"+i0+"/name",schemaPath:"#/$defs/PolicyTest/properties/name/minLength",keyword:"minLength",params:{limit:1},message:"\
must NOT have fewer than 1 characters"}],!1}else return validate37.errors=[{instancePath:instancePath+"/tests/"+i0+"/nam\
e",schemaPath:"#/$defs/PolicyTest/properties/name/type",keyword:"type",params:{type:"string"},message:"must be string"}],
!1;var valid3=_errs8===errors}else var valid3=!0;if(valid3){if(data1.who!==void 0){let data3=data1.who,_errs10=errors;if(errors===
_errs10)if(Array.isArray(data3)){if(data3.length>64)return validate37.errors=[{instancePath:instancePath+"/tests/"+i0+"/\
who",schemaPath:"#/$defs/PolicyTest/properties/who/maxItems",keyword:"maxItems",params:{limit:64},message:"must NOT have\
 more than 64 items"}],!1;{var valid4=!0;let len1=data3.length;for(let i1=0;i1<len1;i1++){let data4=data3[i1],_errs12=errors;
if(errors===_errs12)if(typeof data4=="string"){if(func2(data4)>64)return validate37.errors=[{instancePath:instancePath+"\
/tests/"+i0+"/who/"+i1,schemaPath:"#/$defs/PolicyTest/properties/who/items/maxLength",keyword:"maxLength",params:{limit:64},
message:"must NOT have more than 64 characters"}],!1;if(func2(data4)<1)return validate37.errors=[{instancePath:instancePath+
"/tests/"+i0+"/who/"+i1,schemaPath:"#/$defs/PolicyTest/properties/who/items/minLength",keyword:"minLength",params:{limit:1},
message:"must NOT have fewer than 1 characters"}],!1}else return validate37.errors=[{instancePath:instancePath+"/tests/"+
i0+"/who/"+i1,schemaPath:"#/$defs/PolicyTest/properties/who/items/type",keyword:"type",params:{type:"string"},message:"m\
ust be string"}],!1;var valid4=_errs12===errors;if(!valid4)break}}}else return validate37.errors=[{instancePath:instancePath+
"/tests/"+i0+"/who",schemaPath:"#/$defs/PolicyTest/properties/who/type",keyword:"type",params:{type:"array"},message:"mu\
st be array"}],!1;var valid3=_errs10===errors}else var valid3=!0;if(valid3){if(data1.action!==void 0){let data5=data1.action,
_errs14=errors;if(errors===_errs14)if(typeof data5=="string"){if(func2(data5)>128)return validate37.errors=[{instancePath:instancePath+
"/tests/"+i0+"/action",schemaPath:"#/$defs/PolicyTest/properties/action/maxLength",keyword:"maxLength",params:{limit:128},
message:"must NOT have more than 128 characters"}],!1;if(func2(data5)<1)return validate37.errors=[{instancePath:instancePath+
"/tests/"+i0+"/action",schemaPath:"#/$defs/PolicyTest/properties/action/minLength",keyword:"minLength",params:{limit:1},
message:"must NOT have fewer than 1 characters"}],!1}else return validate37.errors=[{instancePath:instancePath+"/tests/"+
i0+"/action",schemaPath:"#/$defs/PolicyTest/properties/action/type",keyword:"type",params:{type:"string"},message:"must \
be string"}],!1;var valid3=_errs14===errors}else var valid3=!0;if(valid3){if(data1.artifact!==void 0){let data6=data1.artifact,
_errs16=errors;if(errors===_errs16)if(typeof data6=="string"){if(func2(data6)>256)return validate37.errors=[{instancePath:instancePath+
"/tests/"+i0+"/artifact",schemaPath:"#/$defs/PolicyTest/properties/artifact/maxLength",keyword:"maxLength",params:{limit:256},
message:"must NOT have more than 256 characters"}],!1;if(func2(data6)<1)return validate37.errors=[{instancePath:instancePath+
"/tests/"+i0+"/artifact",schemaPath:"#/$defs/PolicyTest/properties/artifact/minLength",keyword:"minLength",params:{limit:1},
message:"must NOT have fewer than 1 characters"}],!1}else return validate37.errors=[{instancePath:instancePath+"/tests/"+
i0+"/artifact",schemaPath:"#/$defs/PolicyTest/properties/artifact/type",keyword:"type",params:{type:"string"},message:"m\
ust be string"}],!1;var valid3=_errs16===errors}else var valid3=!0;if(valid3){if(data1.authors!==void 0){let data7=data1.
authors,_errs18=errors;if(errors===_errs18)if(Array.isArray(data7)){if(data7.length>64)return validate37.errors=[{instancePath:instancePath+
"/tests/"+i0+"/authors",schemaPath:"#/$defs/PolicyTest/properties/authors/maxItems",keyword:"maxItems",params:{limit:64},
message:"must NOT have more than 64 items"}],!1;{var valid5=!0;let len2=data7.length;for(let i2=0;i2<len2;i2++){let data8=data7[i2],
_errs20=errors;if(errors===_errs20)if(typeof data8=="string"){if(func2(data8)>64)return validate37.errors=[{instancePath:instancePath+
"/tests/"+i0+"/authors/"+i2,schemaPath:"#/$defs/PolicyTest/properties/authors/items/maxLength",keyword:"maxLength",params:{
limit:64},message:"must NOT have more than 64 characters"}],!1;if(func2(data8)<1)return validate37.errors=[{instancePath:instancePath+
"/tests/"+i0+"/authors/"+i2,schemaPath:"#/$defs/PolicyTest/properties/authors/items/minLength",keyword:"minLength",params:{
limit:1},message:"must NOT have fewer than 1 characters"}],!1}else return validate37.errors=[{instancePath:instancePath+
"/tests/"+i0+"/authors/"+i2,schemaPath:"#/$defs/PolicyTest/properties/authors/items/type",keyword:"type",params:{type:"s\
tring"},message:"must be string"}],!1;var valid5=_errs20===errors;if(!valid5)break}}}else return validate37.errors=[{instancePath:instancePath+
"/tests/"+i0+"/authors",schemaPath:"#/$defs/PolicyTest/properties/authors/type",keyword:"type",params:{type:"array"},message:"\
must be array"}],!1;var valid3=_errs18===errors}else var valid3=!0;if(valid3)if(data1.allowed!==void 0){let _errs22=errors;
if(typeof data1.allowed!="boolean")return validate37.errors=[{instancePath:instancePath+"/tests/"+i0+"/allowed",schemaPath:"\
#/$defs/PolicyTest/properties/allowed/type",keyword:"type",params:{type:"boolean"},message:"must be boolean"}],!1;var valid3=_errs22===
errors}else var valid3=!0}}}}}}}else return validate37.errors=[{instancePath:instancePath+"/tests/"+i0,schemaPath:"#/$de\
fs/PolicyTest/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;var valid1=_errs4===errors;if(!valid1)
break}}}else return validate37.errors=[{instancePath:instancePath+"/tests",schemaPath:"#/properties/tests/type",keyword:"\
type",params:{type:"array"},message:"must be array"}],!1}}}else return validate37.errors=[{instancePath,schemaPath:"#/ty\
pe",keyword:"type",params:{type:"object"},message:"must be object"}],!1;return validate37.errors=vErrors,errors===0}validate37.
evaluated={props:!0,dynamicProps:!1,dynamicItems:!1};var schema79={$schema:"https://json-schema.org/draft/2020-12/schema",
$id:"urn:at1:schema:policy:1",type:"object",additionalProperties:!1,required:["registry","version","principals","roles",
"rules"],properties:{registry:{$ref:"#/$defs/RegistryId"},version:{type:"integer",minimum:1,maximum:9007199254740991},previous:{
$ref:"#/$defs/PrefixedDigest"},principals:{type:"object",minProperties:1,maxProperties:1e3,additionalProperties:{$ref:"#\
/$defs/PolicyPrincipal"}},roles:{type:"object",minProperties:1,maxProperties:1e3,additionalProperties:{$ref:"#/$defs/Rol\
eMembers"}},rules:{type:"array",minItems:1,maxItems:1e3,items:{$ref:"#/$defs/PolicyRule"}},bars:{type:"array",minItems:1,
maxItems:1e3,items:{$ref:"#/$defs/PolicyBar"}},gate:{$ref:"#/$defs/GateDemands"},revoked:{type:"array",minItems:1,maxItems:1e3,
items:{$ref:"#/$defs/RevokedKey"}}},$defs:{RegistryId:{type:"string",pattern:"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},PrefixedDigest:{
type:"string",pattern:"^sha256:[0-9a-f]{64}$"},RoleMembers:{type:"array",minItems:1,maxItems:1e3,items:{type:"string",maxLength:64}},
PolicyPrincipal:{type:"object",additionalProperties:!1,required:["keys"],properties:{name:{type:"string",minLength:1,maxLength:256},
keys:{type:"array",minItems:1,maxItems:100,items:{type:"string",minLength:1,maxLength:1024}}}},PolicyRule:{type:"object",
additionalProperties:!1,required:["artifacts","actions","role","threshold"],properties:{artifacts:{type:"array",minItems:1,
maxItems:1e3,items:{type:"string",minLength:1,maxLength:256}},actions:{type:"array",minItems:1,maxItems:100,items:{type:"\
string",minLength:1,maxLength:64}},role:{type:"string",minLength:1,maxLength:64},threshold:{type:"integer",minimum:1,maximum:16},
separate_author:{type:"boolean"},evidence:{type:"array",minItems:1,maxItems:32,items:{$ref:"#/$defs/RequiredEvidence"}},
metrics:{type:"array",minItems:1,maxItems:32,items:{type:"string",minLength:1,maxLength:256}},regressions:{type:"array",
minItems:1,maxItems:32,items:{$ref:"#/$defs/Regression"}},licenses:{type:"array",minItems:1,maxItems:256,items:{type:"st\
ring",minLength:1,maxLength:128}},pickle:{type:"string",enum:["refuse"]},lineage:{type:"string",enum:["complete"]}}},RequiredEvidence:{
type:"object",additionalProperties:!1,required:["type"],properties:{type:{type:"string",minLength:1,maxLength:64},role:{
type:"string",minLength:1,maxLength:64},threshold:{type:"integer",minimum:1,maximum:16},max_age_days:{type:"integer",minimum:1,
maximum:36500},suite:{type:"string",pattern:"^sha256:[0-9a-f]{64}$"}}},Regression:{type:"object",additionalProperties:!1,
required:["metric","better","by"],properties:{metric:{type:"string",minLength:1,maxLength:128},better:{type:"string",enum:[
"higher","lower"]},by:{type:"string",minLength:1,maxLength:64}}},PolicyBar:{type:"object",additionalProperties:!1,required:[
"artifacts","stage","metric"],properties:{artifacts:{type:"array",minItems:1,maxItems:1e3,items:{type:"string",minLength:1,
maxLength:256}},stage:{type:"string",minLength:1,maxLength:64},metric:{type:"string",minLength:1,maxLength:256}}},GateDemands:{
type:"object",additionalProperties:!1,required:["objects"],properties:{objects:{type:"string",enum:["decode","present","\
skip"]}}},RevokedKey:{type:"object",additionalProperties:!1,required:["key","cutoff"],properties:{key:{type:"string",minLength:1,
maxLength:1024},cutoff:{type:"string",pattern:"^[0-9a-f]{40}$"},reason:{type:"string",minLength:1,maxLength:1024}}}}};var schema88={type:"object",additionalProperties:!1,required:["objects"],properties:{objects:{type:"string",enum:["decod\
e","present","skip"]}}};var pattern39=new RegExp("^[0-9a-f]{40}$","u"),schema84={type:"object",additionalProperties:!1,required:["artifacts","ac\
tions","role","threshold"],properties:{artifacts:{type:"array",minItems:1,maxItems:1e3,items:{type:"string",minLength:1,
maxLength:256}},actions:{type:"array",minItems:1,maxItems:100,items:{type:"string",minLength:1,maxLength:64}},role:{type:"\
string",minLength:1,maxLength:64},threshold:{type:"integer",minimum:1,maximum:16},separate_author:{type:"boolean"},evidence:{
type:"array",minItems:1,maxItems:32,items:{$ref:"#/$defs/RequiredEvidence"}},metrics:{type:"array",minItems:1,maxItems:32,
items:{type:"string",minLength:1,maxLength:256}},regressions:{type:"array",minItems:1,maxItems:32,items:{$ref:"#/$defs/R\
egression"}},licenses:{type:"array",minItems:1,maxItems:256,items:{type:"string",minLength:1,maxLength:128}},pickle:{type:"\
string",enum:["refuse"]},lineage:{type:"string",enum:["complete"]}}};var schema86={type:"object",additionalProperties:!1,required:["metric","better","by"],properties:{metric:{type:"string",
minLength:1,maxLength:128},better:{type:"string",enum:["higher","lower"]},by:{type:"string",minLength:1,maxLength:64}}};
function validate39(data2,{instancePath="",parentData,parentDataProperty,rootData=data2,dynamicAnchors={}}={}){let vErrors=null,
errors=0,evaluated0=validate39.evaluated;if(evaluated0.dynamicProps&&(evaluated0.props=void 0),evaluated0.dynamicItems&&
(evaluated0.items=void 0),errors===0)if(data2&&typeof data2=="object"&&!Array.isArray(data2)){let missing0;if(data2.artifacts===
void 0&&(missing0="artifacts")||data2.actions===void 0&&(missing0="actions")||data2.role===void 0&&(missing0="role")||data2.
threshold===void 0&&(missing0="threshold"))return validate39.errors=[{instancePath,schemaPath:"#/required",keyword:"requ\
ired",params:{missingProperty:missing0},message:"must have required property '"+missing0+"'"}],!1;{let _errs1=errors;for(let key0 in data2)
if(!func1.call(schema84.properties,key0)){return validate39.errors=[{instancePath,schemaPath:"#/additionalProperties",keyword:"\
additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"}],!1;break}if(_errs1===
errors){if(data2.artifacts!==void 0){let data0=data2.artifacts,_errs2=errors;if(errors===_errs2)if(Array.isArray(data0)){
if(data0.length>1e3)return validate39.errors=[{instancePath:instancePath+"/artifacts",schemaPath:"#/properties/artifacts\
/maxItems",keyword:"maxItems",params:{limit:1e3},message:"must NOT have more than 1000 items"}],!1;if(data0.length<1)return validate39.
errors=[{instancePath:instancePath+"/artifacts",schemaPath:"#/properties/artifacts/minItems",keyword:"minItems",params:{
limit:1},message:"must NOT have fewer than 1 items"}],!1;{var valid1=!0;let len0=data0.length;for(let i0=0;i0<len0;i0++){
let data1=data0[i0],_errs4=errors;if(errors===_errs4)if(typeof data1=="string"){if(func2(data1)>256)return validate39.errors=
[{instancePath:instancePath+"/artifacts/"+i0,schemaPath:"#/properties/artifacts/items/maxLength",keyword:"maxLength",params:{
limit:256},message:"must NOT have more than 256 characters"}],!1;if(func2(data1)<1)return validate39.errors=[{instancePath:instancePath+
"/artifacts/"+i0,schemaPath:"#/properties/artifacts/items/minLength",keyword:"minLength",params:{limit:1},message:"must \
NOT have fewer than 1 characters"}],!1}else return validate39.errors=[{instancePath:instancePath+"/artifacts/"+i0,schemaPath:"\
#/properties/artifacts/items/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid1=_errs4===
errors;if(!valid1)break}}}else return validate39.errors=[{instancePath:instancePath+"/artifacts",schemaPath:"#/propertie\
s/artifacts/type",keyword:"type",params:{type:"array"},message:"must be array"}],!1;var valid0=_errs2===errors}else var valid0=!0;
if(valid0){if(data2.actions!==void 0){let data22=data2.actions,_errs6=errors;if(errors===_errs6)if(Array.isArray(data22)){
if(data22.length>100)return validate39.errors=[{instancePath:instancePath+"/actions",schemaPath:"#/properties/actions/ma\
xItems",keyword:"maxItems",params:{limit:100},message:"must NOT have more than 100 items"}],!1;if(data22.length<1)return validate39.
errors=[{instancePath:instancePath+"/actions",schemaPath:"#/properties/actions/minItems",keyword:"minItems",params:{limit:1},
message:"must NOT have fewer than 1 items"}],!1;{var valid2=!0;let len1=data22.length;for(let i1=0;i1<len1;i1++){let data3=data22[i1],
_errs8=errors;if(errors===_errs8)if(typeof data3=="string"){if(func2(data3)>64)return validate39.errors=[{instancePath:instancePath+
"/actions/"+i1,schemaPath:"#/properties/actions/items/maxLength",keyword:"maxLength",params:{limit:64},message:"must NOT\
 have more than 64 characters"}],!1;if(func2(data3)<1)return validate39.errors=[{instancePath:instancePath+"/actions/"+i1,
schemaPath:"#/properties/actions/items/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than\
 1 characters"}],!1}else return validate39.errors=[{instancePath:instancePath+"/actions/"+i1,schemaPath:"#/properties/ac\
tions/items/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid2=_errs8===errors;if(!valid2)
break}}}else return validate39.errors=[{instancePath:instancePath+"/actions",schemaPath:"#/properties/actions/type",keyword:"\
type",params:{type:"array"},message:"must be array"}],!1;var valid0=_errs6===errors}else var valid0=!0;if(valid0){if(data2.
role!==void 0){let data4=data2.role,_errs10=errors;if(errors===_errs10)if(typeof data4=="string"){if(func2(data4)>64)return validate39.
errors=[{instancePath:instancePath+"/role",schemaPath:"#/properties/role/maxLength",keyword:"maxLength",params:{limit:64},
message:"must NOT have more than 64 characters"}],!1;if(func2(data4)<1)return validate39.errors=[{instancePath:instancePath+
"/role",schemaPath:"#/properties/role/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than \
1 characters"}],!1}else return validate39.errors=[{instancePath:instancePath+"/role",schemaPath:"#/properties/role/type",
keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs10===errors}else var valid0=!0;if(valid0){
if(data2.threshold!==void 0){let data5=data2.threshold,_errs12=errors;if(!(typeof data5=="number"&&!(data5%1)&&!isNaN(data5)&&
isFinite(data5)))return validate39.errors=[{instancePath:instancePath+"/threshold",schemaPath:"#/properties/threshold/ty\
pe",keyword:"type",params:{type:"integer"},message:"must be integer"}],!1;if(errors===_errs12&&typeof data5=="number"&&isFinite(
data5)){if(data5>16||isNaN(data5))return validate39.errors=[{instancePath:instancePath+"/threshold",schemaPath:"#/proper\
ties/threshold/maximum",keyword:"maximum",params:{comparison:"<=",limit:16},message:"must be <= 16"}],!1;if(data5<1||isNaN(
data5))return validate39.errors=[{instancePath:instancePath+"/threshold",schemaPath:"#/properties/threshold/minimum",keyword:"\
minimum",params:{comparison:">=",limit:1},message:"must be >= 1"}],!1}var valid0=_errs12===errors}else var valid0=!0;if(valid0){
if(data2.separate_author!==void 0){let _errs14=errors;if(typeof data2.separate_author!="boolean")return validate39.errors=
[{instancePath:instancePath+"/separate_author",schemaPath:"#/properties/separate_author/type",keyword:"type",params:{type:"\
boolean"},message:"must be boolean"}],!1;var valid0=_errs14===errors}else var valid0=!0;if(valid0){if(data2.evidence!==void 0){
let data7=data2.evidence,_errs16=errors;if(errors===_errs16)if(Array.isArray(data7)){if(data7.length>32)return validate39.
errors=[{instancePath:instancePath+"/evidence",schemaPath:"#/properties/evidence/maxItems",keyword:"maxItems",params:{limit:32},
message:"must NOT have more than 32 items"}],!1;if(data7.length<1)return validate39.errors=[{instancePath:instancePath+"\
/evidence",schemaPath:"#/properties/evidence/minItems",keyword:"minItems",params:{limit:1},message:"must NOT have fewer \
than 1 items"}],!1;{var valid3=!0;let len2=data7.length;for(let i2=0;i2<len2;i2++){let data8=data7[i2],_errs18=errors;if(errors===
errors)if(data8&&typeof data8=="object"&&!Array.isArray(data8)){let missing1;if(data8.type===void 0&&(missing1="type"))return validate39.
errors=[{instancePath:instancePath+"/evidence/"+i2,schemaPath:"#/$defs/RequiredEvidence/required",keyword:"required",params:{
missingProperty:missing1},message:"must have required property '"+missing1+"'"}],!1;{let _errs21=errors;for(let key1 in data8)
if(!(key1==="type"||key1==="role"||key1==="threshold"||key1==="max_age_days"||key1==="suite")){return validate39.errors=
[{instancePath:instancePath+"/evidence/"+i2,schemaPath:"#/$defs/RequiredEvidence/additionalProperties",keyword:"addition\
alProperties",params:{additionalProperty:key1},message:"must NOT have additional properties"}],!1;break}if(_errs21===errors){
if(data8.type!==void 0){let data9=data8.type,_errs22=errors;if(errors===_errs22)if(typeof data9=="string"){if(func2(data9)>
64)return validate39.errors=[{instancePath:instancePath+"/evidence/"+i2+"/type",schemaPath:"#/$defs/RequiredEvidence/pro\
perties/type/maxLength",keyword:"maxLength",params:{limit:64},message:"must NOT have more than 64 characters"}],!1;if(func2(
data9)<1)return validate39.errors=[{instancePath:instancePath+"/evidence/"+i2+"/type",schemaPath:"#/$defs/RequiredEviden\
ce/properties/type/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"}],!1}else
return validate39.errors=[{instancePath:instancePath+"/evidence/"+i2+"/type",schemaPath:"#/$defs/RequiredEvidence/proper\
ties/type/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid5=_errs22===errors}else var valid5=!0;
if(valid5){if(data8.role!==void 0){let data10=data8.role,_errs24=errors;if(errors===_errs24)if(typeof data10=="string"){
if(func2(data10)>64)return validate39.errors=[{instancePath:instancePath+"/evidence/"+i2+"/role",schemaPath:"#/$defs/Req\
uiredEvidence/properties/role/maxLength",keyword:"maxLength",params:{limit:64},message:"must NOT have more than 64 chara\
cters"}],!1;if(func2(data10)<1)return validate39.errors=[{instancePath:instancePath+"/evidence/"+i2+"/role",schemaPath:"\
#/$defs/RequiredEvidence/properties/role/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer th\
an 1 characters"}],!1}else return validate39.errors=[{instancePath:instancePath+"/evidence/"+i2+"/role",schemaPath:"#/$d\
efs/RequiredEvidence/properties/role/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid5=_errs24===
errors}else var valid5=!0;if(valid5){if(data8.threshold!==void 0){let data11=data8.threshold,_errs26=errors;if(!(typeof data11==
"number"&&!(data11%1)&&!isNaN(data11)&&isFinite(data11)))return validate39.errors=[{instancePath:instancePath+"/evidence\
/"+i2+"/threshold",schemaPath:"#/$defs/RequiredEvidence/properties/threshold/type",keyword:"type",params:{type:"integer"},
message:"must be integer"}],!1;if(errors===_errs26&&typeof data11=="number"&&isFinite(data11)){if(data11>16||isNaN(data11))
return validate39.errors=[{instancePath:instancePath+"/evidence/"+i2+"/threshold",schemaPath:"#/$defs/RequiredEvidence/p\
roperties/threshold/maximum",keyword:"maximum",params:{comparison:"<=",limit:16},message:"must be <= 16"}],!1;if(data11<
1||isNaN(data11))return validate39.errors=[{instancePath:instancePath+"/evidence/"+i2+"/threshold",schemaPath:"#/$defs/R\
equiredEvidence/properties/threshold/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"}],
!1}var valid5=_errs26===errors}else var valid5=!0;if(valid5){if(data8.max_age_days!==void 0){let data12=data8.max_age_days,
_errs28=errors;if(!(typeof data12=="number"&&!(data12%1)&&!isNaN(data12)&&isFinite(data12)))return validate39.errors=[{instancePath:instancePath+
"/evidence/"+i2+"/max_age_days",schemaPath:"#/$defs/RequiredEvidence/properties/max_age_days/type",keyword:"type",params:{
type:"integer"},message:"must be integer"}],!1;if(errors===_errs28&&typeof data12=="number"&&isFinite(data12)){if(data12>
36500||isNaN(data12))return validate39.errors=[{instancePath:instancePath+"/evidence/"+i2+"/max_age_days",schemaPath:"#/\
$defs/RequiredEvidence/properties/max_age_days/maximum",keyword:"maximum",params:{comparison:"<=",limit:36500},message:"\
must be <= 36500"}],!1;if(data12<1||isNaN(data12))return validate39.errors=[{instancePath:instancePath+"/evidence/"+i2+"\
/max_age_days",schemaPath:"#/$defs/RequiredEvidence/properties/max_age_days/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:1},message:"must be >= 1"}],!1}var valid5=_errs28===errors}else var valid5=!0;if(valid5)if(data8.suite!==void 0){
let data13=data8.suite,_errs30=errors;if(errors===_errs30)if(typeof data13=="string"){if(!pattern5.test(data13))return validate39.
errors=[{instancePath:instancePath+"/evidence/"+i2+"/suite",schemaPath:"#/$defs/RequiredEvidence/properties/suite/patter\
n",keyword:"pattern",params:{pattern:"^sha256:[0-9a-f]{64}$"},message:'must match pattern "^sha256:[0-9a-f]{64}$"'}],!1}else
return validate39.errors=[{instancePath:instancePath+"/evidence/"+i2+"/suite",schemaPath:"#/$defs/RequiredEvidence/prope\
rties/suite/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid5=_errs30===errors}else var valid5=!0}}}}}}else
return validate39.errors=[{instancePath:instancePath+"/evidence/"+i2,schemaPath:"#/$defs/RequiredEvidence/type",keyword:"\
type",params:{type:"object"},message:"must be object"}],!1;var valid3=_errs18===errors;if(!valid3)break}}}else return validate39.
errors=[{instancePath:instancePath+"/evidence",schemaPath:"#/properties/evidence/type",keyword:"type",params:{type:"arra\
y"},message:"must be array"}],!1;var valid0=_errs16===errors}else var valid0=!0;if(valid0){if(data2.metrics!==void 0){let data14=data2.
metrics,_errs32=errors;if(errors===_errs32)if(Array.isArray(data14)){if(data14.length>32)return validate39.errors=[{instancePath:instancePath+
"/metrics",schemaPath:"#/properties/metrics/maxItems",keyword:"maxItems",params:{limit:32},message:"must NOT have more t\
han 32 items"}],!1;if(data14.length<1)return validate39.errors=[{instancePath:instancePath+"/metrics",schemaPath:"#/prop\
erties/metrics/minItems",keyword:"minItems",params:{limit:1},message:"must NOT have fewer than 1 items"}],!1;{var valid6=!0;
let len3=data14.length;for(let i3=0;i3<len3;i3++){let data15=data14[i3],_errs34=errors;if(errors===_errs34)if(typeof data15==
"string"){if(func2(data15)>256)return validate39.errors=[{instancePath:instancePath+"/metrics/"+i3,schemaPath:"#/propert\
ies/metrics/items/maxLength",keyword:"maxLength",params:{limit:256},message:"must NOT have more than 256 characters"}],!1;
if(func2(data15)<1)return validate39.errors=[{instancePath:instancePath+"/metrics/"+i3,schemaPath:"#/properties/metrics/\
items/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"}],!1}else return validate39.
errors=[{instancePath:instancePath+"/metrics/"+i3,schemaPath:"#/properties/metrics/items/type",keyword:"type",params:{type:"\
string"},message:"must be string"}],!1;var valid6=_errs34===errors;if(!valid6)break}}}else return validate39.errors=[{instancePath:instancePath+
"/metrics",schemaPath:"#/properties/metrics/type",keyword:"type",params:{type:"array"},message:"must be array"}],!1;var valid0=_errs32===
errors}else var valid0=!0;if(valid0){if(data2.regressions!==void 0){let data16=data2.regressions,_errs36=errors;if(errors===
_errs36)if(Array.isArray(data16)){if(data16.length>32)return validate39.errors=[{instancePath:instancePath+"/regressions",
schemaPath:"#/properties/regressions/maxItems",keyword:"maxItems",params:{limit:32},message:"must NOT have more than 32 \
items"}],!1;if(data16.length<1)return validate39.errors=[{instancePath:instancePath+"/regressions",schemaPath:"#/propert\
ies/regressions/minItems",keyword:"minItems",params:{limit:1},message:"must NOT have fewer than 1 items"}],!1;{var valid7=!0;
let len4=data16.length;for(let i4=0;i4<len4;i4++){let data17=data16[i4],_errs38=errors;if(errors===errors)if(data17&&typeof data17==
"object"&&!Array.isArray(data17)){let missing2;if(data17.metric===void 0&&(missing2="metric")||data17.better===void 0&&(missing2=
"better")||data17.by===void 0&&(missing2="by"))return validate39.errors=[{instancePath:instancePath+"/regressions/"+i4,schemaPath:"\
#/$defs/Regression/required",keyword:"required",params:{missingProperty:missing2},message:"must have required property '"+
missing2+"'"}],!1;{let _errs41=errors;for(let key2 in data17)if(!(key2==="metric"||key2==="better"||key2==="by")){return validate39.
errors=[{instancePath:instancePath+"/regressions/"+i4,schemaPath:"#/$defs/Regression/additionalProperties",keyword:"addi\
tionalProperties",params:{additionalProperty:key2},message:"must NOT have additional properties"}],!1;break}if(_errs41===
errors){if(data17.metric!==void 0){let data18=data17.metric,_errs42=errors;if(errors===_errs42)if(typeof data18=="string"){
if(func2(data18)>128)return validate39.errors=[{instancePath:instancePath+"/regressions/"+i4+"/metric",schemaPath:"#/$de\
fs/Regression/properties/metric/maxLength",keyword:"maxLength",params:{limit:128},message:"must NOT have more than 128 c\
haracters"}],!1;if(func2(data18)<1)return validate39.errors=[{instancePath:instancePath+"/regressions/"+i4+"/metric",schemaPath:"\
#/$defs/Regression/properties/metric/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1\
 characters"}],!1}else return validate39.errors=[{instancePath:instancePath+"/regressions/"+i4+"/metric",schemaPath:"#/$\
defs/Regression/properties/metric/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid9=_errs42===
errors}else var valid9=!0;if(valid9){if(data17.better!==void 0){let data19=data17.better,_errs44=errors;if(typeof data19!=
"string")return validate39.errors=[{instancePath:instancePath+"/regressions/"+i4+"/better",schemaPath:"#/$defs/Regressio\
n/properties/better/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;if(!(data19==="higher"||data19===
"lower"))return validate39.errors=[{instancePath:instancePath+"/regressions/"+i4+"/better",schemaPath:"#/$defs/Regressio\
n/properties/better/enum",keyword:"enum",params:{allowedValues:schema86.properties.better.enum},message:"must be equal t\
o one of the allowed values"}],!1;var valid9=_errs44===errors}else var valid9=!0;if(valid9)if(data17.by!==void 0){let data20=data17.
by,_errs46=errors;if(errors===_errs46)if(typeof data20=="string"){if(func2(data20)>64)return validate39.errors=[{instancePath:instancePath+
"/regressions/"+i4+"/by",schemaPath:"#/$defs/Regression/properties/by/maxLength",keyword:"maxLength",params:{limit:64},message:"\
must NOT have more than 64 characters"}],!1;if(func2(data20)<1)return validate39.errors=[{instancePath:instancePath+"/re\
gressions/"+i4+"/by",schemaPath:"#/$defs/Regression/properties/by/minLength",keyword:"minLength",params:{limit:1},message:"\
must NOT have fewer than 1 characters"}],!1}else return validate39.errors=[{instancePath:instancePath+"/regressions/"+i4+
"/by",schemaPath:"#/$defs/Regression/properties/by/type",keyword:"type",params:{type:"string"},message:"must be string"}],
!1;var valid9=_errs46===errors}else var valid9=!0}}}}else return validate39.errors=[{instancePath:instancePath+"/regress\
ions/"+i4,schemaPath:"#/$defs/Regression/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;var valid7=_errs38===
errors;if(!valid7)break}}}else return validate39.errors=[{instancePath:instancePath+"/regressions",schemaPath:"#/propert\
ies/regressions/type",keyword:"type",params:{type:"array"},message:"must be array"}],!1;var valid0=_errs36===errors}else
var valid0=!0;if(valid0){if(data2.licenses!==void 0){let data21=data2.licenses,_errs48=errors;if(errors===_errs48)if(Array.
isArray(data21)){if(data21.length>256)return validate39.errors=[{instancePath:instancePath+"/licenses",schemaPath:"#/pro\
perties/licenses/maxItems",keyword:"maxItems",params:{limit:256},message:"must NOT have more than 256 items"}],!1;if(data21.
length<1)return validate39.errors=[{instancePath:instancePath+"/licenses",schemaPath:"#/properties/licenses/minItems",keyword:"\
minItems",params:{limit:1},message:"must NOT have fewer than 1 items"}],!1;{var valid10=!0;let len5=data21.length;for(let i5=0;i5<
len5;i5++){let data22=data21[i5],_errs50=errors;if(errors===_errs50)if(typeof data22=="string"){if(func2(data22)>128)return validate39.
errors=[{instancePath:instancePath+"/licenses/"+i5,schemaPath:"#/properties/licenses/items/maxLength",keyword:"maxLength",
params:{limit:128},message:"must NOT have more than 128 characters"}],!1;if(func2(data22)<1)return validate39.errors=[{instancePath:instancePath+
"/licenses/"+i5,schemaPath:"#/properties/licenses/items/minLength",keyword:"minLength",params:{limit:1},message:"must NO\
T have fewer than 1 characters"}],!1}else return validate39.errors=[{instancePath:instancePath+"/licenses/"+i5,schemaPath:"\
#/properties/licenses/items/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid10=_errs50===
errors;if(!valid10)break}}}else return validate39.errors=[{instancePath:instancePath+"/licenses",schemaPath:"#/propertie\
s/licenses/type",keyword:"type",params:{type:"array"},message:"must be array"}],!1;var valid0=_errs48===errors}else var valid0=!0;
if(valid0){if(data2.pickle!==void 0){let data23=data2.pickle,_errs52=errors;if(typeof data23!="string")return validate39.
errors=[{instancePath:instancePath+"/pickle",schemaPath:"#/properties/pickle/type",keyword:"type",params:{type:"string"},
message:"must be string"}],!1;if(data23!=="refuse")return validate39.errors=[{instancePath:instancePath+"/pickle",schemaPath:"\
#/properties/pickle/enum",keyword:"enum",params:{allowedValues:schema84.properties.pickle.enum},message:"must be equal t\
o one of the allowed values"}],!1;var valid0=_errs52===errors}else var valid0=!0;if(valid0)if(data2.lineage!==void 0){let data24=data2.
lineage,_errs54=errors;if(typeof data24!="string")return validate39.errors=[{instancePath:instancePath+"/lineage",schemaPath:"\
#/properties/lineage/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;if(data24!=="complete")return validate39.
errors=[{instancePath:instancePath+"/lineage",schemaPath:"#/properties/lineage/enum",keyword:"enum",params:{allowedValues:schema84.
properties.lineage.enum},message:"must be equal to one of the allowed values"}],!1;var valid0=_errs54===errors}else var valid0=!0}}}}}}}}}}}}else
return validate39.errors=[{instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be objec\
t"}],!1;return validate39.errors=vErrors,errors===0}validate39.evaluated={props:!0,dynamicProps:!1,dynamicItems:!1};function validate38(data2,{
instancePath="",parentData,parentDataProperty,rootData=data2,dynamicAnchors={}}={}){let vErrors=null,errors=0,evaluated0=validate38.
evaluated;if(evaluated0.dynamicProps&&(evaluated0.props=void 0),evaluated0.dynamicItems&&(evaluated0.items=void 0),errors===
0)if(data2&&typeof data2=="object"&&!Array.isArray(data2)){let missing0;if(data2.registry===void 0&&(missing0="registry")||
data2.version===void 0&&(missing0="version")||data2.principals===void 0&&(missing0="principals")||data2.roles===void 0&&
(missing0="roles")||data2.rules===void 0&&(missing0="rules"))return validate38.errors=[{instancePath,schemaPath:"#/requi\
red",keyword:"required",params:{missingProperty:missing0},message:"must have required property '"+missing0+"'"}],!1;{let _errs1=errors;
for(let key0 in data2)if(!func1.call(schema79.properties,key0)){return validate38.errors=[{instancePath,schemaPath:"#/ad\
ditionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional pr\
operties"}],!1;break}if(_errs1===errors){if(data2.registry!==void 0){let data0=data2.registry,_errs2=errors;if(errors===
errors)if(typeof data0=="string"){if(!pattern4.test(data0))return validate38.errors=[{instancePath:instancePath+"/regist\
ry",schemaPath:"#/$defs/RegistryId/pattern",keyword:"pattern",params:{pattern:"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},message:'\
must match pattern "^[0-7][0-9A-HJKMNP-TV-Z]{25}$"'}],!1}else return validate38.errors=[{instancePath:instancePath+"/reg\
istry",schemaPath:"#/$defs/RegistryId/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs2===
errors}else var valid0=!0;if(valid0){if(data2.version!==void 0){let data1=data2.version,_errs5=errors;if(!(typeof data1==
"number"&&!(data1%1)&&!isNaN(data1)&&isFinite(data1)))return validate38.errors=[{instancePath:instancePath+"/version",schemaPath:"\
#/properties/version/type",keyword:"type",params:{type:"integer"},message:"must be integer"}],!1;if(errors===_errs5&&typeof data1==
"number"&&isFinite(data1)){if(data1>9007199254740991||isNaN(data1))return validate38.errors=[{instancePath:instancePath+
"/version",schemaPath:"#/properties/version/maximum",keyword:"maximum",params:{comparison:"<=",limit:9007199254740991},message:"\
must be <= 9007199254740991"}],!1;if(data1<1||isNaN(data1))return validate38.errors=[{instancePath:instancePath+"/versio\
n",schemaPath:"#/properties/version/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"}],
!1}var valid0=_errs5===errors}else var valid0=!0;if(valid0){if(data2.previous!==void 0){let data22=data2.previous,_errs7=errors;
if(errors===errors)if(typeof data22=="string"){if(!pattern5.test(data22))return validate38.errors=[{instancePath:instancePath+
"/previous",schemaPath:"#/$defs/PrefixedDigest/pattern",keyword:"pattern",params:{pattern:"^sha256:[0-9a-f]{64}$"},message:'\
must match pattern "^sha256:[0-9a-f]{64}$"'}],!1}else return validate38.errors=[{instancePath:instancePath+"/previous",schemaPath:"\
#/$defs/PrefixedDigest/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid0=_errs7===errors}else
var valid0=!0;if(valid0){if(data2.principals!==void 0){let data3=data2.principals,_errs10=errors;if(errors===_errs10)if(data3&&
typeof data3=="object"&&!Array.isArray(data3)){if(Object.keys(data3).length>1e3)return validate38.errors=[{instancePath:instancePath+
"/principals",schemaPath:"#/properties/principals/maxProperties",keyword:"maxProperties",params:{limit:1e3},message:"mus\
t NOT have more than 1000 properties"}],!1;if(Object.keys(data3).length<1)return validate38.errors=[{instancePath:instancePath+
"/principals",schemaPath:"#/properties/principals/minProperties",keyword:"minProperties",params:{limit:1},message:"must \
NOT have fewer than 1 properties"}],!1;for(let key1 in data3){let data4=data3[key1],_errs13=errors;if(errors===errors)if(data4&&
typeof data4=="object"&&!Array.isArray(data4)){let missing1;if(data4.keys===void 0&&(missing1="keys"))return validate38.
errors=[{instancePath:instancePath+"/principals/"+key1.replace(/~/g,"~0").replace(/\//g,"~1"),schemaPath:"#/$defs/Policy\
Principal/required",keyword:"required",params:{missingProperty:missing1},message:"must have required property '"+missing1+
"'"}],!1;{let _errs16=errors;for(let key2 in data4)if(!(key2==="name"||key2==="keys")){return validate38.errors=[{instancePath:instancePath+
"/principals/"+key1.replace(/~/g,"~0").replace(/\//g,"~1"),schemaPath:"#/$defs/PolicyPrincipal/additionalProperties",keyword:"\
additionalProperties",params:{additionalProperty:key2},message:"must NOT have additional properties"}],!1;break}if(_errs16===
errors){if(data4.name!==void 0){let data5=data4.name,_errs17=errors;if(errors===_errs17)if(typeof data5=="string"){if(func2(
data5)>256)return validate38.errors=[{instancePath:instancePath+"/principals/"+key1.replace(/~/g,"~0").replace(/\//g,"~1")+
"/name",schemaPath:"#/$defs/PolicyPrincipal/properties/name/maxLength",keyword:"maxLength",params:{limit:256},message:"m\
ust NOT have more than 256 characters"}],!1;if(func2(data5)<1)return validate38.errors=[{instancePath:instancePath+"/pri\
ncipals/"+key1.replace(/~/g,"~0").replace(/\//g,"~1")+"/name",schemaPath:"#/$defs/PolicyPrincipal/properties/name/minLen\
gth",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"}],!1}else return validate38.errors=
[{instancePath:instancePath+"/principals/"+key1.replace(/~/g,"~0").replace(/\//g,"~1")+"/name",schemaPath:"#/$defs/Polic\
yPrincipal/properties/name/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid5=_errs17===
errors}else var valid5=!0;if(valid5)if(data4.keys!==void 0){let data6=data4.keys,_errs19=errors;if(errors===_errs19)if(Array.
isArray(data6)){if(data6.length>100)return validate38.errors=[{instancePath:instancePath+"/principals/"+key1.replace(/~/g,
"~0").replace(/\//g,"~1")+"/keys",schemaPath:"#/$defs/PolicyPrincipal/properties/keys/maxItems",keyword:"maxItems",params:{
limit:100},message:"must NOT have more than 100 items"}],!1;if(data6.length<1)return validate38.errors=[{instancePath:instancePath+
"/principals/"+key1.replace(/~/g,"~0").replace(/\//g,"~1")+"/keys",schemaPath:"#/$defs/PolicyPrincipal/properties/keys/m\
inItems",keyword:"minItems",params:{limit:1},message:"must NOT have fewer than 1 items"}],!1;{var valid6=!0;let len0=data6.
length;for(let i0=0;i0<len0;i0++){let data7=data6[i0],_errs21=errors;if(errors===_errs21)if(typeof data7=="string"){if(func2(
data7)>1024)return validate38.errors=[{instancePath:instancePath+"/principals/"+key1.replace(/~/g,"~0").replace(/\//g,"~\
1")+"/keys/"+i0,schemaPath:"#/$defs/PolicyPrincipal/properties/keys/items/maxLength",keyword:"maxLength",params:{limit:1024},
message:"must NOT have more than 1024 characters"}],!1;if(func2(data7)<1)return validate38.errors=[{instancePath:instancePath+
"/principals/"+key1.replace(/~/g,"~0").replace(/\//g,"~1")+"/keys/"+i0,schemaPath:"#/$defs/PolicyPrincipal/properties/ke\
ys/items/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"}],!1}else return validate38.
errors=[{instancePath:instancePath+"/principals/"+key1.replace(/~/g,"~0").replace(/\//g,"~1")+"/keys/"+i0,schemaPath:"#/\
$defs/PolicyPrincipal/properties/keys/items/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid6=_errs21===
errors;if(!valid6)break}}}else return validate38.errors=[{instancePath:instancePath+"/principals/"+key1.replace(/~/g,"~0").
replace(/\//g,"~1")+"/keys",schemaPath:"#/$defs/PolicyPrincipal/properties/keys/type",keyword:"type",params:{type:"array"},
message:"must be array"}],!1;var valid5=_errs19===errors}else var valid5=!0}}}else return validate38.errors=[{instancePath:instancePath+
"/principals/"+key1.replace(/~/g,"~0").replace(/\//g,"~1"),schemaPath:"#/$defs/PolicyPrincipal/type",keyword:"type",params:{
type:"object"},message:"must be object"}],!1;var valid3=_errs13===errors;if(!valid3)break}}else return validate38.errors=
[{instancePath:instancePath+"/principals",schemaPath:"#/properties/principals/type",keyword:"type",params:{type:"object"},
message:"must be object"}],!1;var valid0=_errs10===errors}else var valid0=!0;if(valid0){if(data2.roles!==void 0){let data8=data2.
roles,_errs23=errors;if(errors===_errs23)if(data8&&typeof data8=="object"&&!Array.isArray(data8)){if(Object.keys(data8).
length>1e3)return validate38.errors=[{instancePath:instancePath+"/roles",schemaPath:"#/properties/roles/maxProperties",keyword:"\
maxProperties",params:{limit:1e3},message:"must NOT have more than 1000 properties"}],!1;if(Object.keys(data8).length<1)
return validate38.errors=[{instancePath:instancePath+"/roles",schemaPath:"#/properties/roles/minProperties",keyword:"min\
Properties",params:{limit:1},message:"must NOT have fewer than 1 properties"}],!1;for(let key3 in data8){let data9=data8[key3],
_errs26=errors;if(errors===errors)if(Array.isArray(data9)){if(data9.length>1e3)return validate38.errors=[{instancePath:instancePath+
"/roles/"+key3.replace(/~/g,"~0").replace(/\//g,"~1"),schemaPath:"#/$defs/RoleMembers/maxItems",keyword:"maxItems",params:{
limit:1e3},message:"must NOT have more than 1000 items"}],!1;if(data9.length<1)return validate38.errors=[{instancePath:instancePath+
"/roles/"+key3.replace(/~/g,"~0").replace(/\//g,"~1"),schemaPath:"#/$defs/RoleMembers/minItems",keyword:"minItems",params:{
limit:1},message:"must NOT have fewer than 1 items"}],!1;{var valid9=!0;let len1=data9.length;for(let i1=0;i1<len1;i1++){
let data10=data9[i1],_errs29=errors;if(errors===_errs29)if(typeof data10=="string"){if(func2(data10)>64)return validate38.
errors=[{instancePath:instancePath+"/roles/"+key3.replace(/~/g,"~0").replace(/\//g,"~1")+"/"+i1,schemaPath:"#/$defs/Role\
Members/items/maxLength",keyword:"maxLength",params:{limit:64},message:"must NOT have more than 64 characters"}],!1}else
return validate38.errors=[{instancePath:instancePath+"/roles/"+key3.replace(/~/g,"~0").replace(/\//g,"~1")+"/"+i1,schemaPath:"\
#/$defs/RoleMembers/items/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid9=_errs29===
errors;if(!valid9)break}}}else return validate38.errors=[{instancePath:instancePath+"/roles/"+key3.replace(/~/g,"~0").replace(
/\//g,"~1"),schemaPath:"#/$defs/RoleMembers/type",keyword:"type",params:{type:"array"},message:"must be array"}],!1;var valid7=_errs26===
errors;if(!valid7)break}}else return validate38.errors=[{instancePath:instancePath+"/roles",schemaPath:"#/properties/rol\
es/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;var valid0=_errs23===errors}else var valid0=!0;
if(valid0){if(data2.rules!==void 0){let data11=data2.rules,_errs31=errors;if(errors===_errs31)if(Array.isArray(data11)){
if(data11.length>1e3)return validate38.errors=[{instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/maxIte\
ms",keyword:"maxItems",params:{limit:1e3},message:"must NOT have more than 1000 items"}],!1;if(data11.length<1)return validate38.
errors=[{instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/minItems",keyword:"minItems",params:{limit:1},
message:"must NOT have fewer than 1 items"}],!1;{var valid10=!0;let len2=data11.length;for(let i2=0;i2<len2;i2++){let _errs33=errors;
validate39(data11[i2],{instancePath:instancePath+"/rules/"+i2,parentData:data11,parentDataProperty:i2,rootData,dynamicAnchors})||
(vErrors=vErrors===null?validate39.errors:vErrors.concat(validate39.errors),errors=vErrors.length);var valid10=_errs33===
errors;if(!valid10)break}}}else return validate38.errors=[{instancePath:instancePath+"/rules",schemaPath:"#/properties/r\
ules/type",keyword:"type",params:{type:"array"},message:"must be array"}],!1;var valid0=_errs31===errors}else var valid0=!0;
if(valid0){if(data2.bars!==void 0){let data13=data2.bars,_errs34=errors;if(errors===_errs34)if(Array.isArray(data13)){if(data13.
length>1e3)return validate38.errors=[{instancePath:instancePath+"/bars",schemaPath:"#/properties/bars/maxItems",keyword:"\
maxItems",params:{limit:1e3},message:"must NOT have more than 1000 items"}],!1;if(data13.length<1)return validate38.errors=
[{instancePath:instancePath+"/bars",schemaPath:"#/properties/bars/minItems",keyword:"minItems",params:{limit:1},message:"\
must NOT have fewer than 1 items"}],!1;{var valid11=!0;let len3=data13.length;for(let i3=0;i3<len3;i3++){let data14=data13[i3],
_errs36=errors;if(errors===errors)if(data14&&typeof data14=="object"&&!Array.isArray(data14)){let missing2;if(data14.artifacts===
void 0&&(missing2="artifacts")||data14.stage===void 0&&(missing2="stage")||data14.metric===void 0&&(missing2="metric"))return validate38.
errors=[{instancePath:instancePath+"/bars/"+i3,schemaPath:"#/$defs/PolicyBar/required",keyword:"required",params:{missingProperty:missing2},
message:"must have required property '"+missing2+"'"}],!1;{let _errs39=errors;for(let key4 in data14)if(!(key4==="artifa\
cts"||key4==="stage"||key4==="metric")){return validate38.errors=[{instancePath:instancePath+"/bars/"+i3,schemaPath:"#/$\
defs/PolicyBar/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key4},message:"must NOT h\
ave additional properties"}],!1;break}if(_errs39===errors){if(data14.artifacts!==void 0){let data15=data14.artifacts,_errs40=errors;
if(errors===_errs40)if(Array.isArray(data15)){if(data15.length>1e3)return validate38.errors=[{instancePath:instancePath+
"/bars/"+i3+"/artifacts",schemaPath:"#/$defs/PolicyBar/properties/artifacts/maxItems",keyword:"maxItems",params:{limit:1e3},
message:"must NOT have more than 1000 items"}],!1;if(data15.length<1)return validate38.errors=[{instancePath:instancePath+
"/bars/"+i3+"/artifacts",schemaPath:"#/$defs/PolicyBar/properties/artifacts/minItems",keyword:"minItems",params:{limit:1},
message:"must NOT have fewer than 1 items"}],!1;{var valid14=!0;let len4=data15.length;for(let i4=0;i4<len4;i4++){let data16=data15[i4],
_errs42=errors;if(errors===_errs42)if(typeof data16=="string"){if(func2(data16)>256)return validate38.errors=[{instancePath:instancePath+
"/bars/"+i3+"/artifacts/"+i4,schemaPath:"#/$defs/PolicyBar/properties/artifacts/items/maxLength",keyword:"maxLength",params:{
limit:256},message:"must NOT have more than 256 characters"}],!1;if(func2(data16)<1)return validate38.errors=[{instancePath:instancePath+
"/bars/"+i3+"/artifacts/"+i4,schemaPath:"#/$defs/PolicyBar/properties/artifacts/items/minLength",keyword:"minLength",params:{
limit:1},message:"must NOT have fewer than 1 characters"}],!1}else return validate38.errors=[{instancePath:instancePath+
"/bars/"+i3+"/artifacts/"+i4,schemaPath:"#/$defs/PolicyBar/properties/artifacts/items/type",keyword:"type",params:{type:"\
string"},message:"must be string"}],!1;var valid14=_errs42===errors;if(!valid14)break}}}else return validate38.errors=[{
instancePath:instancePath+"/bars/"+i3+"/artifacts",schemaPath:"#/$defs/PolicyBar/properties/artifacts/type",keyword:"typ\
e",params:{type:"array"},message:"must be array"}],!1;var valid13=_errs40===errors}else var valid13=!0;if(valid13){if(data14.
stage!==void 0){let data17=data14.stage,_errs44=errors;if(errors===_errs44)if(typeof data17=="string"){if(func2(data17)>
64)return validate38.errors=[{instancePath:instancePath+"/bars/"+i3+"/stage",schemaPath:"#/$defs/PolicyBar/properties/st\
age/maxLength",keyword:"maxLength",params:{limit:64},message:"must NOT have more than 64 characters"}],!1;if(func2(data17)<
1)return validate38.errors=[{instancePath:instancePath+"/bars/"+i3+"/stage",schemaPath:"#/$defs/PolicyBar/properties/sta\
ge/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"}],!1}else return validate38.
errors=[{instancePath:instancePath+"/bars/"+i3+"/stage",schemaPath:"#/$defs/PolicyBar/properties/stage/type",keyword:"ty\
pe",params:{type:"string"},message:"must be string"}],!1;var valid13=_errs44===errors}else var valid13=!0;if(valid13)if(data14.
metric!==void 0){let data18=data14.metric,_errs46=errors;if(errors===_errs46)if(typeof data18=="string"){if(func2(data18)>
256)return validate38.errors=[{instancePath:instancePath+"/bars/"+i3+"/metric",schemaPath:"#/$defs/PolicyBar/properties/\
metric/maxLength",keyword:"maxLength",params:{limit:256},message:"must NOT have more than 256 characters"}],!1;if(func2(
data18)<1)return validate38.errors=[{instancePath:instancePath+"/bars/"+i3+"/metric",schemaPath:"#/$defs/PolicyBar/prope\
rties/metric/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"}],!1}else return validate38.
errors=[{instancePath:instancePath+"/bars/"+i3+"/metric",schemaPath:"#/$defs/PolicyBar/properties/metric/type",keyword:"\
type",params:{type:"string"},message:"must be string"}],!1;var valid13=_errs46===errors}else var valid13=!0}}}}else return validate38.
errors=[{instancePath:instancePath+"/bars/"+i3,schemaPath:"#/$defs/PolicyBar/type",keyword:"type",params:{type:"object"},
message:"must be object"}],!1;var valid11=_errs36===errors;if(!valid11)break}}}else return validate38.errors=[{instancePath:instancePath+
"/bars",schemaPath:"#/properties/bars/type",keyword:"type",params:{type:"array"},message:"must be array"}],!1;var valid0=_errs34===
errors}else var valid0=!0;if(valid0){if(data2.gate!==void 0){let data19=data2.gate,_errs48=errors;if(errors===errors)if(data19&&
typeof data19=="object"&&!Array.isArray(data19)){let missing3;if(data19.objects===void 0&&(missing3="objects"))return validate38.
errors=[{instancePath:instancePath+"/gate",schemaPath:"#/$defs/GateDemands/required",keyword:"required",params:{missingProperty:missing3},
message:"must have required property '"+missing3+"'"}],!1;{let _errs51=errors;for(let key5 in data19)if(key5!=="objects"){
return validate38.errors=[{instancePath:instancePath+"/gate",schemaPath:"#/$defs/GateDemands/additionalProperties",keyword:"\
additionalProperties",params:{additionalProperty:key5},message:"must NOT have additional properties"}],!1;break}if(_errs51===
errors&&data19.objects!==void 0){let data20=data19.objects;if(typeof data20!="string")return validate38.errors=[{instancePath:instancePath+
"/gate/objects",schemaPath:"#/$defs/GateDemands/properties/objects/type",keyword:"type",params:{type:"string"},message:"\
must be string"}],!1;if(!(data20==="decode"||data20==="present"||data20==="skip"))return validate38.errors=[{instancePath:instancePath+
"/gate/objects",schemaPath:"#/$defs/GateDemands/properties/objects/enum",keyword:"enum",params:{allowedValues:schema88.properties.
objects.enum},message:"must be equal to one of the allowed values"}],!1}}}else return validate38.errors=[{instancePath:instancePath+
"/gate",schemaPath:"#/$defs/GateDemands/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;var valid0=_errs48===
errors}else var valid0=!0;if(valid0)if(data2.revoked!==void 0){let data21=data2.revoked,_errs54=errors;if(errors===_errs54)
if(Array.isArray(data21)){if(data21.length>1e3)return validate38.errors=[{instancePath:instancePath+"/revoked",schemaPath:"\
#/properties/revoked/maxItems",keyword:"maxItems",params:{limit:1e3},message:"must NOT have more than 1000 items"}],!1;if(data21.
length<1)return validate38.errors=[{instancePath:instancePath+"/revoked",schemaPath:"#/properties/revoked/minItems",keyword:"\
minItems",params:{limit:1},message:"must NOT have fewer than 1 items"}],!1;{var valid17=!0;let len5=data21.length;for(let i5=0;i5<
len5;i5++){let data22=data21[i5],_errs56=errors;if(errors===errors)if(data22&&typeof data22=="object"&&!Array.isArray(data22)){
let missing4;if(data22.key===void 0&&(missing4="key")||data22.cutoff===void 0&&(missing4="cutoff"))return validate38.errors=
[{instancePath:instancePath+"/revoked/"+i5,schemaPath:"#/$defs/RevokedKey/required",keyword:"required",params:{missingProperty:missing4},
message:"must have required property '"+missing4+"'"}],!1;{let _errs59=errors;for(let key6 in data22)if(!(key6==="key"||
key6==="cutoff"||key6==="reason")){return validate38.errors=[{instancePath:instancePath+"/revoked/"+i5,schemaPath:"#/$de\
fs/RevokedKey/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key6},message:"must NOT ha\
ve additional properties"}],!1;break}if(_errs59===errors){if(data22.key!==void 0){let data23=data22.key,_errs60=errors;if(errors===
_errs60)if(typeof data23=="string"){if(func2(data23)>1024)return validate38.errors=[{instancePath:instancePath+"/revoked\
/"+i5+"/key",schemaPath:"#/$defs/RevokedKey/properties/key/maxLength",keyword:"maxLength",params:{limit:1024},message:"m\
ust NOT have more than 1024 characters"}],!1;if(func2(data23)<1)return validate38.errors=[{instancePath:instancePath+"/r\
evoked/"+i5+"/key",schemaPath:"#/$defs/RevokedKey/properties/key/minLength",keyword:"minLength",params:{limit:1},message:"\
must NOT have fewer than 1 characters"}],!1}else return validate38.errors=[{instancePath:instancePath+"/revoked/"+i5+"/k\
ey",schemaPath:"#/$defs/RevokedKey/properties/key/type",keyword:"type",params:{type:"string"},message:"must be string"}],
!1;var valid19=_errs60===errors}else var valid19=!0;if(valid19){if(data22.cutoff!==void 0){let data24=data22.cutoff,_errs62=errors;
if(errors===_errs62)if(typeof data24=="string"){if(!pattern39.test(data24))return validate38.errors=[{instancePath:instancePath+
"/revoked/"+i5+"/cutoff",schemaPath:"#/$defs/RevokedKey/properties/cutoff/pattern",keyword:"pattern",params:{pattern:"^[\
0-9a-f]{40}$"},message:'must match pattern "^[0-9a-f]{40}$"'}],!1}else return validate38.errors=[{instancePath:instancePath+
"/revoked/"+i5+"/cutoff",schemaPath:"#/$defs/RevokedKey/properties/cutoff/type",keyword:"type",params:{type:"string"},message:"\
must be string"}],!1;var valid19=_errs62===errors}else var valid19=!0;if(valid19)if(data22.reason!==void 0){let data25=data22.
reason,_errs64=errors;if(errors===_errs64)if(typeof data25=="string"){if(func2(data25)>1024)return validate38.errors=[{instancePath:instancePath+
"/revoked/"+i5+"/reason",schemaPath:"#/$defs/RevokedKey/properties/reason/maxLength",keyword:"maxLength",params:{limit:1024},
message:"must NOT have more than 1024 characters"}],!1;if(func2(data25)<1)return validate38.errors=[{instancePath:instancePath+
"/revoked/"+i5+"/reason",schemaPath:"#/$defs/RevokedKey/properties/reason/minLength",keyword:"minLength",params:{limit:1},
message:"must NOT have fewer than 1 characters"}],!1}else return validate38.errors=[{instancePath:instancePath+"/revoked\
/"+i5+"/reason",schemaPath:"#/$defs/RevokedKey/properties/reason/type",keyword:"type",params:{type:"string"},message:"mu\
st be string"}],!1;var valid19=_errs64===errors}else var valid19=!0}}}}else return validate38.errors=[{instancePath:instancePath+
"/revoked/"+i5,schemaPath:"#/$defs/RevokedKey/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;
var valid17=_errs56===errors;if(!valid17)break}}}else return validate38.errors=[{instancePath:instancePath+"/revoked",schemaPath:"\
#/properties/revoked/type",keyword:"type",params:{type:"array"},message:"must be array"}],!1;var valid0=_errs54===errors}else
var valid0=!0}}}}}}}}}}else return validate38.errors=[{instancePath,schemaPath:"#/type",keyword:"type",params:{type:"obj\
ect"},message:"must be object"}],!1;return validate38.errors=vErrors,errors===0}validate38.evaluated={props:!0,dynamicProps:!1,
dynamicItems:!1};var schema90={$schema:"https://json-schema.org/draft/2020-12/schema",$id:"urn:at1:schema:registry:1",type:"\
object",additionalProperties:!1,required:["format","id","branch","storage"],properties:{format:{const:1,type:"integer"},
id:{$ref:"#/$defs/RegistryId"},branch:{$ref:"#/$defs/BranchName"},storage:{type:"string",enum:["git"]},stages:{type:"obj\
ect",minProperties:1,maxProperties:32,additionalProperties:{$ref:"#/$defs/StageTable"}}},$defs:{RegistryId:{type:"string",
pattern:"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},StageTable:{type:"object",additionalProperties:!1,required:["to"],properties:{to:{
type:"array",maxItems:32,items:{type:"string",minLength:1,maxLength:64}},initial:{type:"boolean"},unique:{type:"boolean"},
displaced:{type:"string",minLength:1,maxLength:64},expires_days:{type:"integer",minimum:1,maximum:36500}}},BranchName:{type:"\
string",minLength:1,maxLength:255}}};function validate41(data2,{instancePath="",parentData,parentDataProperty,rootData=data2,dynamicAnchors={}}={}){let vErrors=null,
errors=0,evaluated0=validate41.evaluated;if(evaluated0.dynamicProps&&(evaluated0.props=void 0),evaluated0.dynamicItems&&
(evaluated0.items=void 0),errors===0)if(data2&&typeof data2=="object"&&!Array.isArray(data2)){let missing0;if(data2.format===
void 0&&(missing0="format")||data2.id===void 0&&(missing0="id")||data2.branch===void 0&&(missing0="branch")||data2.storage===
void 0&&(missing0="storage"))return validate41.errors=[{instancePath,schemaPath:"#/required",keyword:"required",params:{
missingProperty:missing0},message:"must have required property '"+missing0+"'"}],!1;{let _errs1=errors;for(let key0 in data2)
if(!(key0==="format"||key0==="id"||key0==="branch"||key0==="storage"||key0==="stages")){return validate41.errors=[{instancePath,
schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT ha\
ve additional properties"}],!1;break}if(_errs1===errors){if(data2.format!==void 0){let data0=data2.format,_errs2=errors;
if(!(typeof data0=="number"&&!(data0%1)&&!isNaN(data0)&&isFinite(data0)))return validate41.errors=[{instancePath:instancePath+
"/format",schemaPath:"#/properties/format/type",keyword:"type",params:{type:"integer"},message:"must be integer"}],!1;if(data0!==
1)return validate41.errors=[{instancePath:instancePath+"/format",schemaPath:"#/properties/format/const",keyword:"const",
params:{allowedValue:1},message:"must be equal to constant"}],!1;var valid0=_errs2===errors}else var valid0=!0;if(valid0){
if(data2.id!==void 0){let data1=data2.id,_errs4=errors;if(errors===errors)if(typeof data1=="string"){if(!pattern4.test(data1))
return validate41.errors=[{instancePath:instancePath+"/id",schemaPath:"#/$defs/RegistryId/pattern",keyword:"pattern",params:{
pattern:"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},message:'must match pattern "^[0-7][0-9A-HJKMNP-TV-Z]{25}$"'}],!1}else return validate41.
errors=[{instancePath:instancePath+"/id",schemaPath:"#/$defs/RegistryId/type",keyword:"type",params:{type:"string"},message:"\
must be string"}],!1;var valid0=_errs4===errors}else var valid0=!0;if(valid0){if(data2.branch!==void 0){let data22=data2.
branch,_errs7=errors;if(errors===errors)if(typeof data22=="string"){if(func2(data22)>255)return validate41.errors=[{instancePath:instancePath+
"/branch",schemaPath:"#/$defs/BranchName/maxLength",keyword:"maxLength",params:{limit:255},message:"must NOT have more t\
han 255 characters"}],!1;if(func2(data22)<1)return validate41.errors=[{instancePath:instancePath+"/branch",schemaPath:"#\
/$defs/BranchName/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"}],!1}else
return validate41.errors=[{instancePath:instancePath+"/branch",schemaPath:"#/$defs/BranchName/type",keyword:"type",params:{
type:"string"},message:"must be string"}],!1;var valid0=_errs7===errors}else var valid0=!0;if(valid0){if(data2.storage!==
void 0){let data3=data2.storage,_errs10=errors;if(typeof data3!="string")return validate41.errors=[{instancePath:instancePath+
"/storage",schemaPath:"#/properties/storage/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;if(data3!==
"git")return validate41.errors=[{instancePath:instancePath+"/storage",schemaPath:"#/properties/storage/enum",keyword:"en\
um",params:{allowedValues:schema90.properties.storage.enum},message:"must be equal to one of the allowed values"}],!1;var valid0=_errs10===
errors}else var valid0=!0;if(valid0)if(data2.stages!==void 0){let data4=data2.stages,_errs12=errors;if(errors===_errs12)
if(data4&&typeof data4=="object"&&!Array.isArray(data4)){if(Object.keys(data4).length>32)return validate41.errors=[{instancePath:instancePath+
"/stages",schemaPath:"#/properties/stages/maxProperties",keyword:"maxProperties",params:{limit:32},message:"must NOT hav\
e more than 32 properties"}],!1;if(Object.keys(data4).length<1)return validate41.errors=[{instancePath:instancePath+"/st\
ages",schemaPath:"#/properties/stages/minProperties",keyword:"minProperties",params:{limit:1},message:"must NOT have few\
er than 1 properties"}],!1;for(let key1 in data4){let data5=data4[key1],_errs15=errors;if(errors===errors)if(data5&&typeof data5==
"object"&&!Array.isArray(data5)){let missing1;if(data5.to===void 0&&(missing1="to"))return validate41.errors=[{instancePath:instancePath+
"/stages/"+key1.replace(/~/g,"~0").replace(/\//g,"~1"),schemaPath:"#/$defs/StageTable/required",keyword:"required",params:{
missingProperty:missing1},message:"must have required property '"+missing1+"'"}],!1;{let _errs18=errors;for(let key2 in data5)
if(!(key2==="to"||key2==="initial"||key2==="unique"||key2==="displaced"||key2==="expires_days")){return validate41.errors=
[{instancePath:instancePath+"/stages/"+key1.replace(/~/g,"~0").replace(/\//g,"~1"),schemaPath:"#/$defs/StageTable/additi\
onalProperties",keyword:"additionalProperties",params:{additionalProperty:key2},message:"must NOT have additional proper\
ties"}],!1;break}if(_errs18===errors){if(data5.to!==void 0){let data6=data5.to,_errs19=errors;if(errors===_errs19)if(Array.
isArray(data6)){if(data6.length>32)return validate41.errors=[{instancePath:instancePath+"/stages/"+key1.replace(/~/g,"~0").
replace(/\//g,"~1")+"/to",schemaPath:"#/$defs/StageTable/properties/to/maxItems",keyword:"maxItems",params:{limit:32},message:"\
must NOT have more than 32 items"}],!1;{var valid6=!0;let len0=data6.length;for(let i0=0;i0<len0;i0++){let data7=data6[i0],
_errs21=errors;if(errors===_errs21)if(typeof data7=="string"){if(func2(data7)>64)return validate41.errors=[{instancePath:instancePath+
"/stages/"+key1.replace(/~/g,"~0").replace(/\//g,"~1")+"/to/"+i0,schemaPath:"#/$defs/StageTable/properties/to/items/maxL\
ength",keyword:"maxLength",params:{limit:64},message:"must NOT have more than 64 characters"}],!1;if(func2(data7)<1)return validate41.
errors=[{instancePath:instancePath+"/stages/"+key1.replace(/~/g,"~0").replace(/\//g,"~1")+"/to/"+i0,schemaPath:"#/$defs/\
StageTable/properties/to/items/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 chara\
cters"}],!1}else return validate41.errors=[{instancePath:instancePath+"/stages/"+key1.replace(/~/g,"~0").replace(/\//g,"\
~1")+"/to/"+i0,schemaPath:"#/$defs/StageTable/properties/to/items/type",keyword:"type",params:{type:"string"},message:"m\
ust be string"}],!1;var valid6=_errs21===errors;if(!valid6)break}}}else return validate41.errors=[{instancePath:instancePath+
"/stages/"+key1.replace(/~/g,"~0").replace(/\//g,"~1")+"/to",schemaPath:"#/$defs/StageTable/properties/to/type",keyword:"\
type",params:{type:"array"},message:"must be array"}],!1;var valid5=_errs19===errors}else var valid5=!0;if(valid5){if(data5.
initial!==void 0){let _errs23=errors;if(typeof data5.initial!="boolean")return validate41.errors=[{instancePath:instancePath+
"/stages/"+key1.replace(/~/g,"~0").replace(/\//g,"~1")+"/initial",schemaPath:"#/$defs/StageTable/properties/initial/type",
keyword:"type",params:{type:"boolean"},message:"must be boolean"}],!1;var valid5=_errs23===errors}else var valid5=!0;if(valid5){
if(data5.unique!==void 0){let _errs25=errors;if(typeof data5.unique!="boolean")return validate41.errors=[{instancePath:instancePath+
"/stages/"+key1.replace(/~/g,"~0").replace(/\//g,"~1")+"/unique",schemaPath:"#/$defs/StageTable/properties/unique/type",
keyword:"type",params:{type:"boolean"},message:"must be boolean"}],!1;var valid5=_errs25===errors}else var valid5=!0;if(valid5){
if(data5.displaced!==void 0){let data10=data5.displaced,_errs27=errors;if(errors===_errs27)if(typeof data10=="string"){if(func2(
data10)>64)return validate41.errors=[{instancePath:instancePath+"/stages/"+key1.replace(/~/g,"~0").replace(/\//g,"~1")+"\
/displaced",schemaPath:"#/$defs/StageTable/properties/displaced/maxLength",keyword:"maxLength",params:{limit:64},message:"\
must NOT have more than 64 characters"}],!1;if(func2(data10)<1)return validate41.errors=[{instancePath:instancePath+"/st\
ages/"+key1.replace(/~/g,"~0").replace(/\//g,"~1")+"/displaced",schemaPath:"#/$defs/StageTable/properties/displaced/minL\
ength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"}],!1}else return validate41.
errors=[{instancePath:instancePath+"/stages/"+key1.replace(/~/g,"~0").replace(/\//g,"~1")+"/displaced",schemaPath:"#/$de\
fs/StageTable/properties/displaced/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var valid5=_errs27===
errors}else var valid5=!0;if(valid5)if(data5.expires_days!==void 0){let data11=data5.expires_days,_errs29=errors;if(!(typeof data11==
"number"&&!(data11%1)&&!isNaN(data11)&&isFinite(data11)))return validate41.errors=[{instancePath:instancePath+"/stages/"+
key1.replace(/~/g,"~0").replace(/\//g,"~1")+"/expires_days",schemaPath:"#/$defs/StageTable/properties/expires_days/type",
keyword:"type",params:{type:"integer"},message:"must be integer"}],!1;if(errors===_errs29&&typeof data11=="number"&&isFinite(
data11)){if(data11>36500||isNaN(data11))return validate41.errors=[{instancePath:instancePath+"/stages/"+key1.replace(/~/g,
"~0").replace(/\//g,"~1")+"/expires_days",schemaPath:"#/$defs/StageTable/properties/expires_days/maximum",keyword:"maxim\
um",params:{comparison:"<=",limit:36500},message:"must be <= 36500"}],!1;if(data11<1||isNaN(data11))return validate41.errors=
[{instancePath:instancePath+"/stages/"+key1.replace(/~/g,"~0").replace(/\//g,"~1")+"/expires_days",schemaPath:"#/$defs/S\
tageTable/properties/expires_days/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"}],!1}
var valid5=_errs29===errors}else var valid5=!0}}}}}}else return validate41.errors=[{instancePath:instancePath+"/stages/"+
key1.replace(/~/g,"~0").replace(/\//g,"~1"),schemaPath:"#/$defs/StageTable/type",keyword:"type",params:{type:"object"},message:"\
must be object"}],!1;var valid3=_errs15===errors;if(!valid3)break}}else return validate41.errors=[{instancePath:instancePath+
"/stages",schemaPath:"#/properties/stages/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;var valid0=_errs12===
errors}else var valid0=!0}}}}}}else return validate41.errors=[{instancePath,schemaPath:"#/type",keyword:"type",params:{type:"\
object"},message:"must be object"}],!1;return validate41.errors=vErrors,errors===0}validate41.evaluated={props:!0,dynamicProps:!1,
dynamicItems:!1};var eventValidator=validate20,evidenceValidator=validate21,layoutValidator=validate24,manifestValidator=validate28;var policyValidator=validate38,registryValidator=validate41;var CROCKFORD="0123456789ABCDEFGHJKMNPQRSTVWXYZ";function isUlid(text){if(text.length!==26||text[0]>"7")return!1;for(let digit of text)if(!CROCKFORD.includes(digit))return!1;
return!0}function isBranchName(name){if(name===""||name.length>255||name==="@"||name==="HEAD"||name.startsWith("-")||name.
endsWith(".")||name.includes("..")||name.includes("@{"))return!1;for(let i2=0;i2<name.length;i2++){let code2=name.charCodeAt(
i2);if(code2<=32||code2===127||"~^:?*[\\".includes(name[i2]))return!1}return name.split("/").every(part=>part!==""&&!part.
startsWith(".")&&!part.endsWith(".lock"))}var USUAL={development:{to:["staging","archived"],initial:!0},staging:{to:["development","production","archived"]},production:{
to:["staging","archived"],unique:!0,displaced:"archived"},archived:{to:["development"]}},ARCHIVE="archived";function stageMachine(stages,text){
let tables=Object.entries(stages??USUAL),names=new Set(tables.map(([name])=>name)),initial=tables.filter(([,table2])=>table2.
initial===!0).map(([name])=>name),[first,...others]=initial;if(first===void 0||others.length>0)throw invalid2(`/stages: ${initial.
length} stages are initial, and one must be`,["stages"],text);let known2=(name,at2)=>{if(!names.has(name))throw invalid2(
`/stages: there is no stage ${name}`,at2,text);return name},found=new Map;for(let[name,table2]of tables){if(!isLaneName(
name)||name===LIFECYCLE_LANE)throw invalid2(`/stages: no stage can be called ${name}`,[],text);let unique=table2.unique===
!0;if(table2.displaced!==void 0&&!unique)throw invalid2(`/stages: ${name} has displaced, and is not unique`,["stages",name,
"displaced"],text);let displaced=table2.displaced??(names.has(ARCHIVE)&&name!==ARCHIVE?ARCHIVE:first);if(unique&&displaced===
name)throw invalid2(`/stages: who is displaced from ${name} cannot stay in it`,["stages",name],text);found.set(name,{name,
to:table2.to.map(other2=>known2(other2,["stages",name,"to"])),unique,displaced:unique?known2(displaced,["stages",name,"d\
isplaced"]):void 0,expiresDays:table2.expires_days})}let machine={initial:known2(first,[]),stages:found};return checkPlaces(
machine,text),machine}function checkPlaces({initial,stages},text){if(stages.get(initial)?.unique===!0)throw invalid2(`/s\
tages: ${initial} is initial, so it cannot be unique`,["stages",initial],text);for(let{name,displaced}of stages.values()){
if(displaced===void 0||stages.get(displaced)?.unique!==!0)continue;let message=`/stages: who is displaced from ${name} g\
oes to ${displaced}, which is unique`;throw invalid2(message,["stages",name],text)}}var USUAL_STAGES=stageMachine(void 0);function getLineColFromPtr(string,ptr){let lines3=string.slice(0,ptr).split(/\r?\n/);return[lines3.length,lines3.pop().length+
1]}function makeCodeBlock(string,line,column){let lines3=string.split(/\r?\n/),codeblock="",numberLen=(Math.log10(line+1)|
0)+1;for(let i2=line-1;i2<=line+1;i2++){let l=lines3[i2-1];l&&(codeblock+=i2.toString().padEnd(numberLen," "),codeblock+=
":  ",codeblock+=l,codeblock+=`
`,i2===line&&(codeblock+=" ".repeat(numberLen+column+2),codeblock+=`^
`))}return codeblock}var TomlError=class _TomlError extends Error{line;column;codeblock;constructor(message,options){let[
line,column]=getLineColFromPtr(options.toml,options.ptr),codeblock=makeCodeBlock(options.toml,line,column);super(`Invali\
d TOML document: ${message}

${codeblock}`,options),this.line=line,this.column=column,this.codeblock=codeblock}static x(message,ctx,ptr){throw new _TomlError(
message,{toml:ctx.s,ptr:ptr??ctx.p})}};function parseString(ctx){let startPtr=ctx.p,c=ctx.s.charCodeAt(ctx.p++),first=c,isLiteral=c===39,isMultiline=c===ctx.s.
charCodeAt(ctx.p)&&c===ctx.s.charCodeAt(ctx.p+1);isMultiline&&((c=ctx.s.charCodeAt(ctx.p+=2))===10?ctx.p++:c===13&&ctx.s.
charCodeAt(ctx.p+1)===10&&(ctx.p+=2));let parsed="",sliceStart=ctx.p,state=0;for(;ctx.p<ctx.s.length;ctx.p++)if(c=ctx.s.
charCodeAt(ctx.p),isMultiline&&(c===10||c===13&&ctx.s.charCodeAt(ctx.p+1)===10))state=state&&3;else if(c<32&&c!==9||c===
127)TomlError.x("control characters are not allowed in strings",ctx);else if((!state||state===3)&&c===first&&(!isMultiline||
ctx.s.charCodeAt(ctx.p+1)===first&&ctx.s.charCodeAt(ctx.p+2)===first)){if(isMultiline&&(ctx.s.charCodeAt(ctx.p+3)===first&&
ctx.p++,ctx.s.charCodeAt(ctx.p+3)===first&&ctx.p++),!state){let s=ctx.s.slice(sliceStart,ctx.p);parsed=parsed?parsed+s:s}
return ctx.p+=isMultiline?3:1,parsed}else if(!state)!isLiteral&&c===92&&(parsed+=ctx.s.slice(sliceStart,sliceStart=ctx.p),
state=1);else if(state===1)if(c===120||c===117||c===85){let errPtr=ctx.p++-1,value=0,len=c===120?2:c===117?4:8;for(let j=0;j<
len;j++,ctx.p++){let hex=ctx.s.charCodeAt(ctx.p),digit=hex>=48&&hex<=57?hex-48:hex>=65&&hex<=70?hex-65+10:hex>=97&&hex<=
102?hex-97+10:-1;digit<0&&TomlError.x("invalid non-hex character in unicode escape",ctx),value=value<<4|digit}(value<0||
value>1114111||value>=55296&&value<=57343)&&TomlError.x("invalid unicode escape",ctx,errPtr),parsed+=String.fromCodePoint(
value),sliceStart=ctx.p--,state=0}else isMultiline&&(c===32||c===9)?state=2:(c===98?parsed+="\b":c===116?parsed+="	":c===
110?parsed+=`
`:c===102?parsed+="\f":c===114?parsed+="\r":c===101?parsed+="\x1B":c===34?parsed+='"':c===92?parsed+="\\":TomlError.x("u\
nrecognised escape sequence",ctx),sliceStart=ctx.p+1,state=0);else c!==32&&c!==9&&(state===2&&TomlError.x("invalid escap\
e: only line-ending whitespace may be escaped",ctx,sliceStart),state=!isLiteral&&c===92?1:0,sliceStart=ctx.p);TomlError.
x("unfinished string",ctx,startPtr)}var DATE_TIME_RE=/^(\d{4}-\d{2}-\d{2})?[Tt ]?(?:(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|z|[-+]\d{2}:\d{2})?$/i,TomlDate=class _TomlDate extends Date{#hasDate=!1;#hasTime=!1;#offset=null;constructor(date,fasttype,unsafeDelim){
let hasDate=!0,hasTime=!0,offset="Z",c;if(typeof date=="string")if(fasttype)prep:{if(fasttype<3){if(+date.slice(11,13)>23){
date="";break prep}fasttype===2?(offset=null,date+="Z"):(c=date.charCodeAt(date.length-1))!==90&&c!==122&&(offset=date.slice(
date.length-6)),unsafeDelim&&(date=date.slice(0,10)+"T"+date.slice(11))}else fasttype===4&&(date=+date.slice(0,2)>23?"":
`0000-01-01T${date}Z`);hasDate=fasttype!==4,hasTime=fasttype!==3}else{let match=date.match(DATE_TIME_RE);match?(match[1]||
(hasDate=!1,date=`0000-01-01T${date}`),hasTime=!!match[2],hasTime&&date[10]===" "&&(date=date.replace(" ","T")),match[2]&&
+match[2]>23?date="":(offset=match[3]||null,!offset&&hasTime&&(date+="Z"))):date=""}super(date),isNaN(this.getTime())||(this.#hasDate=
hasDate,this.#hasTime=hasTime,this.#offset=offset)}isDateTime(){return this.#hasDate&&this.#hasTime}isLocal(){return!this.#hasDate||
!this.#hasTime||!this.#offset}isDate(){return this.#hasDate&&!this.#hasTime}isTime(){return this.#hasTime&&!this.#hasDate}isValid(){
return this.#hasDate||this.#hasTime}toISOString(){let iso=super.toISOString();if(this.isDate())return iso.slice(0,10);if(this.
isTime())return iso.slice(11,23);if(this.#offset===null)return iso.slice(0,-1);if(this.#offset==="Z"||this.#offset==="z")
return iso;let offset=+this.#offset.slice(1,3)*60+ +this.#offset.slice(4,6);return offset=this.#offset[0]==="-"?offset:-offset,
new Date(this.getTime()-offset*6e4).toISOString().slice(0,-1)+this.#offset}static wrapAsOffsetDateTime(jsDate,offset="Z"){
let date=new _TomlDate(jsDate);return date.#offset=offset,date}static wrapAsLocalDateTime(jsDate){let date=new _TomlDate(
jsDate);return date.#offset=null,date}static wrapAsLocalDate(jsDate){let date=new _TomlDate(jsDate);return date.#hasTime=
!1,date.#offset=null,date}static wrapAsLocalTime(jsDate){let date=new _TomlDate(jsDate);return date.#hasDate=!1,date.#offset=
null,date}};function isDigit(char,base=10){return base===16?char>47&&char<58||char>64&&char<71||char>96&&char<103:char>47&&char<48+base}
function isEndOfValue(char,delim){return char===32||char===9||char===10||char===13||delim&&(char===delim||char===44)||char===
35}function extractValue(ctx,end2){let errPtr=ctx.p,c=ctx.s.charCodeAt(ctx.p);if(c===91||c===123){ctx.d--||TomlError.x("\
document contains excessively nested structures. aborting.",ctx);let value=c===91?parseArray(ctx):parseInlineTable(ctx);
return ctx.d++,value}return c===34||c===39?parseString(ctx):c===116?((ctx.s.charCodeAt(++ctx.p)!==114||ctx.s.charCodeAt(
++ctx.p)!==117||ctx.s.charCodeAt(++ctx.p)!==101)&&TomlError.x("invalid value",ctx,errPtr),ctx.p++,!0):c===102?((ctx.s.charCodeAt(
++ctx.p)!==97||ctx.s.charCodeAt(++ctx.p)!==108||ctx.s.charCodeAt(++ctx.p)!==115||ctx.s.charCodeAt(++ctx.p)!==101)&&TomlError.
x("invalid value",ctx,errPtr),ctx.p++,!1):c===43||c===45?parseNumber(ctx,ctx.p,ctx.s.charCodeAt(++ctx.p),44-c,end2):ctx.
s.charCodeAt(ctx.p+4)===45&&ctx.s.charCodeAt(ctx.p+7)===45?parseDate(ctx,c,end2):ctx.s.charCodeAt(ctx.p+2)===58?parseTime(
ctx,c,end2):parseNumber(ctx,ctx.p,c,0,end2)}function parseNumber(ctx,startPtr,startChr,sign,endChr){let c=startChr,state=0,
hasUnderscores=!1;if(c===105)return(ctx.s.charCodeAt(++ctx.p)!==110||ctx.s.charCodeAt(++ctx.p)!==102)&&TomlError.x("inva\
lid value",ctx,startPtr),ctx.p++,(sign||1)/0;if(c===110)return(ctx.s.charCodeAt(++ctx.p)!==97||ctx.s.charCodeAt(++ctx.p)!==
110)&&TomlError.x("invalid value",ctx,startPtr),ctx.p++,NaN;if(c===48){if(++ctx.p>=ctx.s.length||isEndOfValue(c=ctx.s.charCodeAt(
ctx.p),endChr))return ctx.bi===!0?0n:0;if(!sign){if(c===120)return parseIntegerBaseN(ctx,startPtr,16,endChr);if(c===98)return parseIntegerBaseN(
ctx,startPtr,2,endChr);if(c===111)return parseIntegerBaseN(ctx,startPtr,8,endChr)}c===46?state=2:c===101||c===69?state=4:
TomlError.x("illegal leading zero",ctx,startPtr)}else isDigit(c)||TomlError.x("invalid value",ctx,startPtr);for(;++ctx.p<
ctx.s.length&&(c=ctx.s.charCodeAt(ctx.p),!isEndOfValue(c,endChr));)state||(state=1),c===95?(state&1||TomlError.x("illega\
l underscore",ctx),state+=11,hasUnderscores=!0):state===1&&c===46?state=2:(state===1||state===3)&&(c===101||c===69)?state=
4:state===4&&(c===43||c===45)?state=6:isDigit(c)?state>9?state-=11:state&1||state++:TomlError.x("illegal character in nu\
meric literal",ctx);if(!state){let val=(startChr-48)*(sign||1);return ctx.bi===!0?BigInt(val):val}state&1||TomlError.x("\
unfinished numeric value",ctx,startPtr);let str=ctx.s.slice(startPtr,ctx.p);return hasUnderscores&&(str=str.replaceAll("\
_","")),state>1?parseFloat(str):parseInteger(ctx,str,10,startPtr)}function parseIntegerBaseN(ctx,startPtr,base,endChr){let c,
underscore=1;for(;++ctx.p<ctx.s.length&&(c=ctx.s.charCodeAt(ctx.p),!isEndOfValue(c,endChr));)c===95?(underscore&1&&TomlError.
x("illegal underscore",ctx),underscore=3):isDigit(c,base)?underscore&1&&underscore--:TomlError.x("illegal character in n\
umeric literal",ctx);underscore&1&&TomlError.x("unfinished numeric value",ctx);let str=ctx.s.slice(startPtr+2,ctx.p);return underscore&&
(str=str.replaceAll("_","")),parseInteger(ctx,str,base,startPtr)}function parseInteger(ctx,str,base,startPtr){if(ctx.bi!==
!0)int:{let val=parseInt(str,base);if(!Number.isSafeInteger(val)){if(ctx.bi)break int;TomlError.x("integer value cannot \
be represented losslessly",ctx,startPtr)}return val}return BigInt(base===10?str:(base===2?"0b":base===8?"0o":"0x")+str)}
function parseDate(ctx,c,endChr){let startPtr=ctx.p++,unsafeSeparator;if(!isDigit(c)||!isDigit(ctx.s.charCodeAt(ctx.p++))||
!isDigit(ctx.s.charCodeAt(ctx.p++))||!isDigit(ctx.s.charCodeAt(ctx.p++)))return parseNumber(ctx,ctx.p=startPtr,c,0,endChr);
if(ctx.p+=5,isDigit(ctx.s.charCodeAt(ctx.p++))||TomlError.x("invalid date-time: date part is malformed",ctx,startPtr),ctx.
p>=ctx.s.length||((c=ctx.s.charCodeAt(ctx.p))!==32||(unsafeSeparator=!0,!isDigit(ctx.s.charCodeAt(ctx.p+1))))&&c!==84&&c!==
116){let t2=ctx.s.slice(startPtr,ctx.p);return readDate(ctx,t2,3,!1,startPtr)}if(ctx.s.charCodeAt(ctx.p+=3)!==58&&TomlError.
x("invalid date-time: time part is malformed",ctx,startPtr),ctx.s.charCodeAt(ctx.p+=3)===58&&(ctx.p+=3),ctx.s.charCodeAt(
ctx.p)===46)for(;isDigit(ctx.s.charCodeAt(++ctx.p)););if(c=ctx.s.charCodeAt(ctx.p)){if(c===90||c===122){let t2=ctx.s.slice(
startPtr,++ctx.p);return readDate(ctx,t2,1,unsafeSeparator,startPtr,"[+00:00]")}if(c===43||c===45){let t2=ctx.s.slice(startPtr,
ctx.p+=6);return readDate(ctx,t2,1,unsafeSeparator,startPtr,!ctx.ld&&"["+ctx.s.slice(ctx.p-6,ctx.p)+"]")}}let t=ctx.s.slice(
startPtr,ctx.p);return readDate(ctx,t,2,unsafeSeparator,startPtr)}function parseTime(ctx,c,endChr){let start2=ctx.p;if(!isDigit(
c)||!isDigit(ctx.s.charCodeAt(++ctx.p)))return parseNumber(ctx,--ctx.p,c,0,endChr);if(ctx.s.charCodeAt(ctx.p+=4)===58&&(ctx.
p+=3),ctx.s.charCodeAt(ctx.p)===46)for(;isDigit(ctx.s.charCodeAt(++ctx.p)););let t=ctx.s.slice(start2,ctx.p);return readDate(
ctx,t,4,!1,start2)}function readDate(ctx,str,type,unsafeDelim,errPtr,temporalSuffix){if(ctx.ld){let date=new TomlDate(str,
type,unsafeDelim);return date.isValid()||TomlError.x("invalid date",ctx,errPtr),date}try{switch(temporalSuffix&&(str+=temporalSuffix),
type){case 1:return Temporal.ZonedDateTime.from(str);case 2:return Temporal.PlainDateTime.from(str);case 3:return Temporal.
PlainDate.from(str);case 4:return Temporal.PlainTime.from(str)}}catch(e){TomlError.x(e instanceof Error?e.message:""+e,ctx,
errPtr)}}function skipComment(ctx){for(;ctx.p<ctx.s.length;ctx.p++){let c=ctx.s.charCodeAt(ctx.p);if(c===10)break;if(c===13&&ctx.
s.charCodeAt(ctx.p+1)===10){ctx.p++;break}(c<32&&c!==9||c===127)&&TomlError.x("control characters are not allowed in com\
ments",ctx)}}function skipVoid(ctx,banNewLines,banComments){let c;for(;ctx.p<ctx.s.length;){for(;ctx.p<ctx.s.length&&((c=
ctx.s.charCodeAt(ctx.p))===32||c===9||!banNewLines&&(c===10||c===13&&ctx.s.charCodeAt(ctx.p+1)===10));)ctx.p++;if(banComments||
c!==35)break;skipComment(ctx)}}function parseKey(ctx,end2=61){let startPtr,state=0,parsed=[],sliceStart,c=ctx.s.charCodeAt(startPtr=ctx.p);do{if(c===end2)
return state||TomlError.x("unexpected end of key",ctx),state===1&&parsed.push(ctx.s.slice(sliceStart,ctx.p)),ctx.p++,parsed;
c===46?(state||TomlError.x("illegal empty bare key",ctx),state===1&&parsed.push(ctx.s.slice(sliceStart,ctx.p)),state=0):
!state&&(c===34||c===39)?(c===ctx.s.charCodeAt(ctx.p+1)&&c===ctx.s.charCodeAt(ctx.p+2)&&TomlError.x("illegal quoted key:\
 multiline strings are not allowed",ctx),parsed.push(parseString(ctx)),state=2,ctx.p--):c===32||c===9?state===1&&(parsed.
push(ctx.s.slice(sliceStart,ctx.p)),state=2):state===2||c<48&&c!==45||c>57&&c<65||c>90&&c<97&&c!==95||c>122?TomlError.x(
"illegal character in key",ctx):state||(state=1,sliceStart=ctx.p)}while(c=ctx.s.charCodeAt(++ctx.p));TomlError.x("incomp\
lete key-value: cannot find end of key",ctx,startPtr)}function parseInlineTable(ctx){let startPtr=ctx.p++,res=Object.create(
null),seen=new Set,c;for(;ctx.p<ctx.s.length;){if(skipVoid(ctx),(c=ctx.s.charCodeAt(ctx.p))===125)return ctx.p++,res;let k,
t=res,hasOwn=!1,errPtr=ctx.p,key=parseKey(ctx);for(let i2=0;i2<key.length;i2++){i2&&(t=hasOwn?t[k]:t[k]=Object.create(null)),
k=key[i2],(hasOwn=Object.hasOwn(t,k))&&(typeof t[k]!="object"||seen.has(t[k]))&&TomlError.x("trying to redefine an alrea\
dy defined value",ctx,errPtr);let unsafe=k==="__proto__";if(ctx.uk&&(unsafe||k==="constructor")){t=ctx.uk!==1&&TomlError.
x("document contains an unsafe property",ctx,errPtr);break}!hasOwn&&unsafe&&Object.defineProperty(t,k,{enumerable:!0,configurable:!0,
writable:!0})}hasOwn&&TomlError.x("trying to redefine an already defined value",ctx,errPtr),skipVoid(ctx,!0,!0);let value=extractValue(
ctx,125);if(t&&typeof(t[k]=value)=="object"&&seen.add(value),skipVoid(ctx),(c=ctx.s.charCodeAt(ctx.p++))===125)return res;
c!==44&&TomlError.x("expected comma or end of structure",ctx,ctx.p-1)}TomlError.x("unfinished table",ctx,startPtr)}function parseArray(ctx){
let startPtr=ctx.p++,res=[],c;for(;ctx.p<ctx.s.length;){if(skipVoid(ctx),(c=ctx.s.charCodeAt(ctx.p))===93)return ctx.p++,
res;if(res.push(extractValue(ctx,93)),skipVoid(ctx),(c=ctx.s.charCodeAt(ctx.p++))===93)return res;c!==44&&TomlError.x("e\
xpected comma or end of structure",ctx,ctx.p-1)}TomlError.x("unfinished array",ctx,startPtr)}function peekTable(ctx,key,table2,meta,type){let t=table2,m=meta,k,hasOwn=!1,state;for(let i2=0;i2<key.length;i2++){if(i2){
if(t=hasOwn?t[k]:t[k]=Object.create(null),m=(state=m[k]).c,type===0&&(state.t===1||state.t===2))return null;if(state.t===
2){let l=t.length-1;t=t[l],m=m[l].c}}if(k=key[i2],(hasOwn=Object.hasOwn(t,k))&&m[k]?.t===0&&m[k]?.d)return null;if(!hasOwn){
let unsafe=k==="__proto__";if(ctx.uk&&(unsafe||k==="constructor"))return!1;unsafe&&(Object.defineProperty(t,k,{enumerable:!0,
configurable:!0,writable:!0}),Object.defineProperty(m,k,{enumerable:!0,configurable:!0,writable:!0})),m[k]={t:i2<key.length-
1&&type===2?3:type,d:!1,i:0,c:Object.create(null)}}}if(state=m[k],state.t!==type&&!(type===1&&state.t===3)||(type===2&&(state.
d||(state.d=!0,t[k]=[]),t[k].push(t=Object.create(null)),state.c[state.i++]=state={t:1,d:!1,i:0,c:Object.create(null)}),
state.d))return null;if(state.d=!0,type===1)t=hasOwn?t[k]:t[k]=Object.create(null);else if(type===0&&hasOwn)return null;
return[k,t,state.c]}function validateTablePeek(ctx,peek,ptr){(peek===null||ctx.uk===2)&&TomlError.x(peek===null?"trying \
to redefine an already defined table or value":"document contains an unsafe property",ctx,ptr)}function parse(toml,options={}){
let ctx={s:toml,p:0,d:options.maxDepth??1e3,bi:options.integersAsBigInt??!1,ld:options.useLegacyDate??!0,uk:options.unsafeKeyBehaviour===
"throw"?2:options.unsafeKeyBehaviour==="drop"?1:0},res=Object.create(null),meta=Object.create(null),tmp,skipping=!1,tbl=res,
m=meta;for(toml.charCodeAt(0)===65279&&ctx.p++,skipVoid(ctx);ctx.p<toml.length;){if(toml.charCodeAt(ctx.p)===91){let isTableArray=toml.
charCodeAt(++ctx.p)===91;tmp=ctx.p+=+isTableArray,skipping=!1;let k=parseKey(ctx,93);isTableArray&&(toml.charCodeAt(ctx.
p)!==93&&TomlError.x("expected end of table array declaration",ctx),ctx.p++);let p=peekTable(ctx,k,res,meta,isTableArray?
2:1);p?(m=p[2],tbl=p[1]):(validateTablePeek(ctx,p,tmp),skipping=!0)}else{tmp=ctx.p;let k=parseKey(ctx),p=peekTable(ctx,k,
tbl,m,0);!p&&!skipping&&validateTablePeek(ctx,p,tmp),skipVoid(ctx,!0,!0);let v=extractValue(ctx,void 0);p&&!skipping&&(p[1][p[0]]=
v)}skipVoid(ctx,!0),ctx.p<toml.length&&(tmp=toml.charCodeAt(ctx.p))!==10&&(tmp!==13||toml.charCodeAt(ctx.p+1)!==10)&&TomlError.
x("each key-value declaration must be followed by an end-of-line",ctx),skipVoid(ctx)}return res}var HAS_WELLFORMED=!!"".isWellFormed;init_text();init_errors();var DEPTH_LIMIT=16;function readToml(bytes,options){if(bytes.length>options.limit)throw new At1Error("document/too-large",
{message:`document of ${bytes.length} bytes exceeds the limit of ${options.limit}`,facts:{size:bytes.length,limit:options.
limit}});let text=fromUtf8(bytes);checkText(text),checkNesting(text);let parsed=parseText(text);return{text,table:convert(
parsed,[],text,options)}}function parseText(text){try{return parse(text,{maxDepth:DEPTH_LIMIT,integersAsBigInt:!0})}catch(cause){
if(!(cause instanceof TomlError))throw cause;let message=cause.message.split(`
`)[0].replace("Invalid TOML document: ","");throw syntax(message,{line:cause.line,column:cause.column})}}function checkText(text){
let at2=findHidden(text);if(at2<0)return;let what=text[at2]==="\r"?"carriage return":`invisible character ${nameCharacter(
text,at2)}`,hint=text[at2]==="\r"?{hint:"use line feeds alone at the ends of lines"}:{};throw syntax(`${what} in the doc\
ument`,lineAndColumn(text,at2),hint)}var[LF,DOUBLE_QUOTE,HASH,QUOTE,COMMA,DOT,EQUALS,BRACE]=[...`
"#',.={`].map(c=>c.charCodeAt(0));function checkNesting(text){let dots=0;for(let at2=0;at2<text.length;at2++){let c=text.
charCodeAt(at2);if(c===DOUBLE_QUOTE||c===QUOTE?at2=endOfString(text,at2,text[at2]):c===HASH?at2=endOf(text,`
`,at2)-1:c===DOT?dots++:(c===LF||c===EQUALS||c===COMMA||c===BRACE)&&(dots=0),dots>=DEPTH_LIMIT)throw syntax(`nested deep\
er than ${DEPTH_LIMIT}`,lineAndColumn(text,at2))}}function endOfString(text,start2,quote){let long=text.startsWith(quote.
repeat(3),start2),close=long?quote.repeat(3):quote,at2=start2+close.length;if(!long){let end2=text.indexOf(quote,at2),line=text.
slice(at2,end2<0?at2:end2);if(end2>=0&&!line.includes("\\")&&!line.includes(`
`))return end2}for(;at2<text.length;at2++)if(text[at2]==="\\"&&quote==='"')at2++;else{if(!long&&text[at2]===`
`)return at2-1;if(text.startsWith(close,at2))break}at2+=close.length-1;for(let more=0;long&&more<2&&text[at2+1]===quote;more++)
at2++;return at2}function endOf(text,mark,from){let at2=text.indexOf(mark,from);return at2<0?text.length:at2}function convert(value,path,text,options){
if(path.length>DEPTH_LIMIT)throw refuse2(`nested deeper than ${DEPTH_LIMIT}`,path,text);switch(typeof value){case"string":
return checkString(value,path,text,options),value;case"boolean":return value;case"bigint":{let number=Number(value);if(!Number.
isSafeInteger(number))throw refuse2(`integer ${value} is out of range`,path,text);return number}case"number":if(!Number.
isFinite(value))throw refuse2("inf and nan are not numbers here",path,text);if(!options.floats)throw refuse2("a number w\
ith a point or exponent has no place here",path,text);return value;default:return convertObject(value,path,text,options)}}
function convertObject(value,path,text,options){if(value instanceof Date)throw refuse2("dates are written as strings, in\
 quotes",path,text);if(Array.isArray(value))return value.map((item,i2)=>{path.push(i2);let converted=convert(item,path,text,
options);return path.pop(),converted});let table2=Object.create(null);for(let[key,item]of Object.entries(value)){let hidden=firstHidden(
key,!1);if(hidden>=0)throw refuse2(`character ${nameCharacter(key,hidden)} in a key`,path,text);path.push(key),table2[key]=
convert(item,path,text,options),path.pop()}return table2}function firstHidden(text,multiLine){let at2=multiLine?-1:text.
search(/[\t\n]/);return at2>=0?at2:findHidden(text)}function checkString(value,path,text,options){if(firstHidden(value,!1)<
0)return;let name=showPointer(path),at2=options.verbatim?.includes(name)===!0?findControl(value):firstHidden(value,options.
multiLine?.includes(name)===!0);if(at2>=0)throw refuse2(`character ${nameCharacter(value,at2)} in ${name}`,path,text)}function refuse2(message,pointer,text){
return syntax(message,locate(text,pointer)??{},{at:showPointer(pointer)})}function syntax(message,place2,more={}){let{hint,
at:at2}=more;return new At1Error("document/syntax",{message,facts:{...place2,...at2===void 0?{}:{at:at2}},...hint===void 0?
{}:{hint}})}init_text();function isScalar(shape){return shape.kind!=="list"&&shape.kind!=="map"&&shape.kind!=="record"}function isFlat(shape){return shape.
kind==="record"&&shape.properties.every(([,value])=>isScalar(value))}function writeToml(schemaId,shape,document){let lines3=[`#:schema ${schemaId}`,""];return writeTable(lines3,[],shape,document),
`${lines3.join(`
`)}
`}function writeTable(lines3,path,shape,fields){let entries=entriesOf(shape,fields);for(let[key,value,inner]of entries)isPlain(
inner,path.length)&&lines3.push(`${writeKey(key)} = ${writeValue(inner,value)}`);for(let[key,value,inner]of entries)if(!isPlain(
inner,path.length)){if(path.length>0&&inner.kind!=="record")throw new RangeError(`no canonical form for ${key} inside a \
table`);writeTables(lines3,[...path,key],inner,value)}}function writeTables(lines3,path,shape,value){let header=path.map(
writeKey).join(".");if(shape.kind==="list")for(let item of value)lines3.push("",`[[${header}]]`),writeTable(lines3,path,
shape.item,item);else if(shape.kind==="map"&&shape.value.kind==="record")for(let[key,item,inner]of entriesOf(shape,value))
writeTables(lines3,[...path,key],inner,item);else lines3.push("",`[${header}]`),writeTable(lines3,path,shape,value)}function isPlain(shape,depth){
return isScalar(shape)?!0:shape.kind==="list"?isScalar(shape.item)||isFlat(shape.item):depth>0&&isFlat(shape)}function entriesOf(shape,fields){
if(shape.kind==="map")return Object.keys(fields).sort(compareText).map(key=>[key,fields[key],shape.value]);if(shape.kind!==
"record")throw new RangeError("only records and maps have fields");return shape.properties.filter(([key])=>fields[key]!==
void 0).map(([key,inner])=>[key,fields[key],inner])}function writeValue(shape,value){switch(shape.kind){case"string":return writeString(
value);case"integer":return writeInteger(value);case"float":return writeFloat(value);case"boolean":return value===!0?"tr\
ue":"false";case"list":{let items=value.map(item=>writeValue(shape.item,item));return isScalar(shape.item)?`[${items.join(
", ")}]`:`[
${items.map(item=>`  ${item},
`).join("")}]`}case"map":case"record":return`{ ${entriesOf(shape,value).map(([key,item,inner])=>`${writeKey(key)} = ${writeValue(
inner,item)}`).join(", ")} }`}}function writeKey(key){return/^[A-Za-z0-9_-]+$/.test(key)?key:writeBasic(key)}function writeInteger(value){
if(!Number.isSafeInteger(value))throw new RangeError(`not a safe integer: ${value}`);return String(value)}function writeFloat(value){
if(!Number.isFinite(value))throw new RangeError(`not a finite number: ${value}`);let text=Object.is(value,-0)?"-0":String(
value);return text.includes(".")||text.includes("e")?text:`${text}.0`}function writeString(value){return value.includes(
`
`)?writeMultiLine(value):writeBasic(value)}function writeBasic(value){let text=value.replaceAll("\\","\\\\").replaceAll(
'"','\\"').replaceAll("	","\\t").replaceAll(`
`,"\\n");return`"${escapeHidden(text)}"`}function writeMultiLine(value){let text=value.replaceAll("\\","\\\\").replace(/"+/g,
(run,at2,whole)=>{let ends=at2+run.length===whole.length;return[...run].map((quote,i2)=>i2%2===1||ends&&i2===run.length-
1?`\\${quote}`:quote).join("")});return`"""
${escapeHidden(text)}"""`}var FORMAT_VERSION=1,MEBIBYTE=1024*1024,POLICY_LIMIT=MEBIBYTE,CONFIG_LIMIT=MEBIBYTE,MANIFEST_LIMIT=16*MEBIBYTE,EVENT_LIMIT=16*
1024,EVIDENCE_LIMIT=256*1024,MANIFEST={schema:"urn:at1:schema:manifest:",shape:manifestShape,validator:manifestValidator,
read:{limit:MANIFEST_LIMIT,floats:!0,multiLine:["/description","/purpose"],verbatim:["/card/text"]}},LAYOUT={schema:"urn\
:at1:schema:layout:",shape:layoutShape,validator:layoutValidator,read:{limit:16*MEBIBYTE,floats:!1}},EVENT={schema:"urn:\
at1:schema:event:",shape:eventShape,validator:eventValidator,read:{limit:EVENT_LIMIT,floats:!1,multiLine:["/reason"]}},EVIDENCE={
schema:"urn:at1:schema:evidence:",shape:evidenceShape,validator:evidenceValidator,read:{limit:EVIDENCE_LIMIT,floats:!0,multiLine:[
"/reason"]}},POLICY={schema:"urn:at1:schema:policy:",shape:policyShape,validator:policyValidator,read:{limit:POLICY_LIMIT,
floats:!1}};var CONFIG={schema:"urn:at1:schema:registry:",shape:registryShape,validator:registryValidator,read:{limit:CONFIG_LIMIT,floats:!1}};
function readManifest(bytes,engines){let{table:table2,text}=read(bytes,MANIFEST);return checkManifest(table2,text,engines),
checkCanonical(table2,text,MANIFEST),{...table2,content:parseDigest(table2.content)}}function readLayout(bytes){let{table:table2,text}=read(bytes,LAYOUT);return checkLayout(table2,text),checkCanonical(table2,
text,LAYOUT),table2}function readEvent(bytes){let{table:table2,text}=read(bytes,EVENT);return checkEvent(table2,text),checkCanonical(table2,
text,EVENT),table2}function readEvidence(bytes){let{table:table2,text}=read(bytes,EVIDENCE);return checkEvidence(table2,text),checkCanonical(
table2,text,EVIDENCE),table2}function readPolicy(bytes){let{table:table2,text}=read(bytes,POLICY);return{document:table2,text}}function readConfig(bytes){let{table:table2,text}=read(bytes,CONFIG);if(!isBranchName(table2.branch))throw invalid2("/br\
anch is not the name of a git branch",["branch"],text);return stageMachine(table2.stages,text),table2}function read(bytes,format){let{table:table2,text}=readToml(bytes,format.read);return checkFormatVersion({table:table2,text},
format),checkSchema(format.validator,table2,text),{table:table2,text}}function checkFormatVersion({table:table2,text},format){
let prefix=`#:schema ${format.schema}`,first=text.slice(0,Math.max(0,text.indexOf(`
`))),named2=first.startsWith(prefix)?first.slice(prefix.length):void 0,found=format===CONFIG&&typeof table2.format=="num\
ber"?String(table2.format):named2;if(!(found===void 0||found===String(FORMAT_VERSION)||!/^[0-9]{1,9}$/.test(found)))throw new At1Error(
"registry/format-unsupported",{message:`format version ${found}, but this program knows version ${FORMAT_VERSION}`,hint:"\
use a newer at1",facts:{expected:FORMAT_VERSION,found:Number(found)}})}function checkCanonical(table2,text,format){let canonical=writeToml(`${format.schema}${FORMAT_VERSION}`,format.shape,table2);
if(canonical===text)return;let at2=0;for(;at2<text.length&&text[at2]===canonical[at2];)at2++;throw new At1Error("documen\
t/not-canonical",{message:"the document is valid, but not in the canonical form that machines write",facts:lineAndColumn(
text,at2),hint:"it was edited by hand or written by another program; write it again with at1"})}function finding(severity,code2,subject,message,hint=null){return{code:code2,severity,subject,message,hint}}function findingOf(error,subject,severity="\
error"){return finding(severity,error.code,subject,error.message,error.hint??null)}function hasErrors(findings){return findings.
some(found=>found.severity==="error")}init_errors();init_errors();var OPERATORS2=[">=","<=",">","<"],NAME=/^[A-Za-z0-9][A-Za-z0-9_./: @%+-]{0,127}$/,NUMBER=/^[+-]?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?$/;
function parseBound(text){let words=text.split(" "),[operator,number]=words.splice(-2),metric=words.join(" ");if(operator===
void 0||number===void 0||!NAME.test(metric)||!OPERATORS2.includes(operator))throw wrong3(text);return{metric,operator,value:parseDecimal(
number)}}function formatBound({metric,operator,value}){return`${metric} ${operator} ${value}`}function parseDecimal(text){
let value=NUMBER.test(text)?Number(text):Number.NaN;if(!Number.isFinite(value))throw wrong3(text);return value}function isWithinBound({
operator,value},measured2){switch(operator){case">=":return measured2>=value;case"<=":return measured2<=value;case">":return measured2>
value;case"<":return measured2<value}}function wrong3(text){return new At1Error("usage/invalid",{message:`not a bound: '${text.
slice(0,80)}'`,hint:"write it like 'auc >= 0.9'"})}function matchesPattern(pattern,text,separator){return pattern==="*"?!0:matchParts(pattern.split(separator),text.split(separator))}
function matchParts(pattern,text,matchOne=matchPart){let reachable=[!0,...text.map(()=>!1)];for(let part of pattern){let next3=reachable.
map(()=>!1);for(let j=1;j<=text.length;j++)next3[j]=part==="**"?reachable[j-1]===!0||next3[j-1]===!0:reachable[j-1]===!0&&
matchOne(part,text[j-1]);reachable=next3}return reachable[text.length]===!0}function matchPart(pattern,text){let p=0,t=0,
star=-1,mark=0;for(;t<text.length;)if(pattern[p]==="*")star=p++,mark=t;else if(p<pattern.length&&pattern[p]===text[t])p++,
t++;else if(star>=0)p=star+1,t=++mark;else return!1;for(;pattern[p]==="*";)p++;return p===pattern.length}var OBJECT_CHECKS=["skip","present","decode"];function parsePolicy(bytes){return policyOf(readPolicy(bytes).document)}function policyOf(document){
let principals=principalsOf(document),roles=rolesOf(document,principals);if(document.version===1!=(document.previous===void 0))
throw wrong4(["version"],document.version===1?"version 1 has no previous policy":`version ${document.version} lacks prev\
ious`,"previous is the SHA-256 of the policy file before, from version 2 on");return{registry:document.registry,version:document.
version,previous:document.previous===void 0?void 0:parseDigest(document.previous),principals,roles,rules:document.rules.
map((rule,i2)=>ruleOf(rule,i2,roles)),bars:(document.bars??[]).map((bar,i2)=>barOf(bar,i2)),revoked:(document.revoked??[]).
map(({key,cutoff,reason})=>({key,cutoff,reason})),gateObjects:document.gate?.objects??"skip"}}function decide(policy,action,artifact,principals,authors=NOBODY){for(let[index,rule]of policy.rules.entries()){if(!ruleMatches(
rule,action,artifact))continue;let members=policy.roles.get(rule.role)??NOBODY,counted2=member=>principals.has(member)&&
!(rule.separateAuthor&&authors.has(member)),by=[...members].filter(counted2).sort();return by.length>=rule.threshold?{kind:"\
allowed",rule:index,by}:{kind:"denied",rule:index,role:rule.role,needs:rule.threshold,have:by.length}}return{kind:"denie\
d",rule:void 0,role:void 0,needs:0,have:0}}var NOBODY=new Set;function ruleFor(policy,action,artifact){return policy.rules.
find(rule=>ruleMatches(rule,action,artifact))}function barsFor(policy,artifact,stage){let path=`${artifact.kind}/${artifact.
name}`;return policy.bars.filter(bar=>bar.stage===stage&&bar.artifacts.some(pattern=>matchesPattern(pattern,path,"/")))}
function checksAsMuch(how,least){return OBJECT_CHECKS.indexOf(how)>=OBJECT_CHECKS.indexOf(least)}function ruleMatches(rule,action,artifact){
if(!rule.actions.some(pattern=>matchesPattern(pattern,action,":")))return!1;if(artifact===void 0)return rule.artifacts.includes(
"*");let path=`${artifact.kind}/${artifact.name}`;return rule.artifacts.some(pattern=>matchesPattern(pattern,path,"/"))}
function keyWithoutComment(line){return line.split(" ").filter(word=>word!=="").slice(0,2).join(" ")}function principalsOf(document){
let principals=new Map,owners=new Map;for(let[name,{name:printedName,keys}]of Object.entries(document.principals)){if(!isPrincipalName(
name))throw wrong4(["principals",name],`'${name.slice(0,80)}' is not a name for a principal`,NAME_HINT);for(let key of keys){
let owner=owners.get(keyWithoutComment(key));if(owner!==void 0){let what=owner===name?`${name} has the same key twice`:`${owner}\
 and ${name} have the same key`;throw wrong4(["principals",name,"keys"],what)}owners.set(keyWithoutComment(key),name)}principals.
set(name,{name,printedName:printedName??name,keys:[...keys]})}return principals}var NAME_HINT="names have a-z, 0-9 and i\
nside - _ .";function rolesOf(document,principals){let roles=new Map;for(let[role,members]of Object.entries(document.roles)){
if(!isLaneName(role))throw wrong4(["roles",role],`'${role.slice(0,80)}' is not a name for a role`,NAME_HINT);let set=new Set;
for(let member of members){let principal=principals.get(member),at2=["roles",role];if(principal===void 0)throw wrong4(at2,
`role ${role} names ${member}, whom the policy does not know`);if(set.has(principal.name))throw wrong4(at2,`role ${role}\
 names ${member} twice`);set.add(principal.name)}roles.set(role,set)}return roles}function ruleOf(rule,index,roles){let which={
name:`rule ${index+1}`,at:["rules",index]},role=rule.role,members=roles.get(role);if(members===void 0)throw wrongIn(which,
"role",`names the role ${rule.role}, which the policy does not have`);if(rule.threshold>members.size)throw wrongIn(which,
"threshold",`asks for ${rule.threshold} of ${members.size} members of ${rule.role}`);checkPatterns(rule.artifacts,which);
for(let pattern of rule.actions)if(!isPattern(pattern,":"))throw wrongIn(which,"actions",`has the action '${pattern}'`,"\
such as register, tag or *");return{artifacts:[...rule.artifacts],actions:[...rule.actions],role,threshold:rule.threshold,
separateAuthor:rule.separate_author===!0,evidence:(rule.evidence??[]).map(required=>requiredOf(required,which,roles)),metrics:(rule.
metrics??[]).map(text=>inField2(which,"metrics",()=>parseBound(text))),regressions:(rule.regressions??[]).map(({metric,better,
by})=>({metric,better,by:inField2(which,"regressions",()=>parseDecimal(by))})),licenses:[...rule.licenses??[]],refusesPickle:rule.
pickle==="refuse",completeLineage:rule.lineage==="complete"}}function requiredOf({type,role,threshold=1,max_age_days:maxAgeDays,
suite},which,roles){if(!isLaneName(type))throw wrongIn(which,"evidence",`asks for evidence of the type '${type}'`,NAME_HINT);
let members=role===void 0?void 0:roles.get(role);if(role!==void 0&&members===void 0)throw wrongIn(which,"evidence",`name\
s the role ${role}, which the policy does not have`);if(members!==void 0&&threshold>members.size)throw wrongIn(which,"ev\
idence",`asks for ${threshold} of ${members.size} members of ${role}`);return{type,role,threshold,maxAgeDays,suite:suite===
void 0?void 0:parseDigest(suite)}}function barOf(bar,index){let which={name:`bar ${index+1}`,at:["bars",index]};if(checkPatterns(
bar.artifacts,which),!isLaneName(bar.stage))throw wrongIn(which,"stage",`has the stage '${bar.stage}'`,NAME_HINT);return{
artifacts:[...bar.artifacts],stage:bar.stage,bound:inField2(which,"metric",()=>parseBound(bar.metric))}}function checkPatterns(patterns,which){
for(let pattern of patterns)if(!isPattern(pattern,"/"))throw wrongIn(which,"artifacts",`has the artifact pattern '${pattern}\
'`,PATTERN_HINT)}function inField2(which,field,parse3){try{return parse3()}catch(error){throw error instanceof At1Error?
wrong4([...which.at,field],`${which.name}: ${error.message}`,error.hint):error}}var PATTERN_HINT="patterns look like mod\
el/fraud-*, data/** or *";function isPattern(pattern,separator){if(pattern==="*")return!0;let parts=pattern.split(separator);
return separator==="/"&&parts.length<2&&parts[0]!=="**"?!1:parts.every(part=>part==="**"||part!==""&&!part.includes("**")&&
[...part].every(isPatternCharacter))}function isPatternCharacter(c){return c>="a"&&c<="z"||c>="0"&&c<="9"||"-_.*".includes(
c)}function wrongIn({name,at:at2},field,message,hint){return wrong4([...at2,field],`${name} ${message}`,hint)}function wrong4(at2,message,hint){
return new At1Error("policy/invalid",{message,hint,facts:{at:showPointer(at2)}})}init_text();init_errors();init_errors();var VARINT_LIMIT=10,Cursor=class{bytes;#code;#offset;#end;constructor(bytes,code2="container/malformed",start2=0,end2=bytes.
length){this.bytes=bytes,this.#code=code2,this.#offset=start2,this.#end=end2}get offset(){return this.#offset}get remaining(){
return this.#end-this.#offset}take(length,what="bytes"){this.#need(length,what);let view2=this.bytes.subarray(this.#offset,
this.#offset+length);return this.#offset+=length,view2}skip(length,what="bytes"){this.#need(length,what),this.#offset+=length}rest(){
return this.take(this.remaining)}u8(what="byte"){return this.#need(1,what),this.bytes[this.#offset++]}u24le(what="u24"){
this.#need(3,what);let{bytes}=this,at2=this.#offset;return this.#offset+=3,bytes[at2]+256*bytes[at2+1]+65536*bytes[at2+2]}u32be(what="\
u32"){let b=this.take(4,what);return new DataView(b.buffer,b.byteOffset,4).getUint32(0,!1)}u32le(what="u32"){this.#need(
4,what);let b=this.bytes,at2=this.#offset;this.#offset=at2+4;let[b0,b1,b2,b3]=[b[at2],b[at2+1],b[at2+2],b[at2+3]];return(b0|
b1<<8|b2<<16|b3<<24)>>>0}u64le(what="u64"){let b=this.take(8,what);return new DataView(b.buffer,b.byteOffset,8).getBigUint64(
0,!0)}varint(what="varint"){let value=0n;for(let i2=0;i2<VARINT_LIMIT;i2++){let byte=this.u8(what);if(value|=BigInt(byte&
127)<<BigInt(7*i2),byte<128)return value>=1n<<64n&&this.fail(`${what} exceeds 64 bits`),value}return this.fail(`${what} \
is longer than ${VARINT_LIMIT} bytes`)}length(what="length",limit=Number.MAX_SAFE_INTEGER){let first=this.remaining>0?this.
bytes[this.#offset]:128;if(first<128&&first<=limit)return this.#offset++,first;let value=this.varint(what);return value>
BigInt(limit)&&this.fail(`${what} ${value} exceeds ${limit} available`),Number(value)}expectEnd(what="data"){this.remaining!==
0&&this.fail(`${this.remaining} bytes after the end of ${what}`)}fail(message){throw new At1Error(this.#code,{message:`${message}\
 (at offset ${this.#offset})`})}#need(length,what){(!Number.isSafeInteger(length)||length<0||length>this.remaining)&&this.
fail(`${what}: length ${length} exceeds ${this.remaining} available`)}};init_text();init_writer();init_errors();init_text();init_errors();function parseArmorText(label,text,code2){let lines3=(text.endsWith(`
`)?text.slice(0,-1):text).split(`
`);if(lines3.length<3||lines3[0]!==`-----BEGIN ${label}-----`||lines3.at(-1)!==`-----END ${label}-----`)throw new At1Error(
code2,{message:`text is not framed by BEGIN and END ${label} lines`});let inner=lines3.slice(1,-1),bytes=inner.includes(
"")?void 0:fromBase64(inner.join(""));if(bytes===void 0)throw new At1Error(code2,{message:`body of the ${label} is not c\
anonical base64`});return bytes}init_text();init_errors();init_text();init_writer();var ED25519="ssh-ed25519";function readString(cursor,what){return cursor.take(cursor.u32be(`le\
ngth of ${what}`),what)}function readName(cursor,what){let bytes=readString(cursor,what);return bytes.some(byte=>byte<33||
byte>126)&&cursor.fail(`${what} is not printable ASCII`),fromLatin1(bytes)}function writeString2(writer,value){let bytes=typeof value==
"string"?utf8(value):value;return writer.u32be(bytes.length).bytes(bytes)}function strings(...values){let writer=new ByteWriter;
for(let value of values)writeString2(writer,value);return writer.finish()}var COMMENT_LIMIT=200;function parsePublicKey(line){let[type="",base64="",...comment]=line.trim().split(/[ \t]+/);if(type!==
ED25519)throw isKeyType(type)?unsupportedType(type):invalid3("not an OpenSSH public key line");let blob=fromBase64(base64);
if(blob===void 0)throw invalid3("public key is not canonical base64");return makePublicKey(decodePublicBlob(blob),comment.
join(" "))}function formatPublicKey(key){let base64=toBase64(encodePublicBlob(key.raw));return key.comment===""?`${ED25519}\
 ${base64}`:`${ED25519} ${base64} ${key.comment}`}function makePublicKey(raw,comment=""){if(raw.length!==32)throw invalid3(
`an Ed25519 public key has 32 bytes, not ${raw.length}`);let printable2=comment.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
" ").replace(/\s+/gu," ").trim();return{type:ED25519,raw:raw.slice(),comment:[...printable2].slice(0,COMMENT_LIMIT).join(
"").trim()}}function encodePublicBlob(raw){return strings(ED25519,raw)}function decodePublicBlob(blob,code2="key/invalid"){
let cursor=new Cursor(blob,code2),type=readName(cursor,"key type");if(type!==ED25519)throw isKeyType(type)?unsupportedType(
type):new At1Error(code2,{message:"unknown key type"});let raw=readString(cursor,"public key");return raw.length!==32&&cursor.
fail(`an Ed25519 public key has 32 bytes, not ${raw.length}`),cursor.expectEnd("public key"),raw}function keyIdOf(raw,engines){
let base64=toBase64(engines.sha256(encodePublicBlob(raw)));return`SHA256:${base64.slice(0,base64.indexOf("="))}`}function isKeyType(type){return/^(sk-)?(ssh-(rsa|dss|ed25519|ed448)|ecdsa-sha2-nistp\d+)(-cert-v01)?(@openssh\.com)?$/.test(
type)}function unsupportedType(type){return new At1Error("key/unsupported",{message:`keys of type ${type} are not suppor\
ted`,hint:"use an Ed25519 key: `at1 key generate` or `ssh-keygen -t ed25519`",facts:{type}})}function invalid3(message){
return new At1Error("key/invalid",{message})}var NAMESPACES=["git","at1-manifest","at1-policy","at1-event","at1-evidence"],LABEL="SSH SIGNATURE",MAGIC=utf8("SSHSIG"),
VERSION=1,ARMOR_LIMIT=16384;function parseArmor(text){if(text.length>ARMOR_LIMIT)throw malformed2(`a signature of ${text.
length} characters`);let cursor=new Cursor(parseArmorText(LABEL,text,"signature/malformed"),"signature/malformed");cursor.
take(MAGIC.length,"magic").some((byte,i2)=>byte!==MAGIC[i2])&&cursor.fail("magic is not SSHSIG");let version=cursor.u32be(
"version");version!==VERSION&&cursor.fail(`version ${version} is not ${VERSION}`);let publicKey=decodePublicBlob(readString(
cursor,"public key"),"signature/malformed"),namespace=readName(cursor,"namespace");namespace===""&&cursor.fail("namespac\
e is empty"),readString(cursor,"reserved").length!==0&&cursor.fail("reserved field is not empty");let hashAlgorithm=readName(
cursor,"hash algorithm");hashAlgorithm!=="sha256"&&hashAlgorithm!=="sha512"&&cursor.fail(`hash algorithm '${hashAlgorithm}\
'`);let signature=decodeSignatureBlob(readString(cursor,"signature"));return cursor.expectEnd("signature"),{publicKey:publicKey.
slice(),namespace,hashAlgorithm,signature:signature.slice()}}function signedData(namespace,message,engines,hashAlgorithm="sha512"){let hash=hashAlgorithm==="sha512"?engines.sha512(message):
engines.sha256(message);return concatBytes([MAGIC,strings(namespace,"",hashAlgorithm,hash)])}function verifyMessage(armor,namespace,message,engines){let claim=readClaim(armor,namespace,message,engines);return claim.
kind==="bad"?claim:verdict(claim,engines.ed25519Verify(claim.signature,claim.data,claim.publicKey))}async function verifyMessageAside(armor,namespace,message,engines){
let claim=readClaim(armor,namespace,message,engines);return claim.kind==="bad"?claim:verdict(claim,await engines.ed25519VerifyAside(
claim.signature,claim.data,claim.publicKey))}function readClaim(armor,namespace,message,engines){let parsed;try{parsed=parseArmor(
armor)}catch(error){if(error instanceof At1Error&&(error.code==="signature/malformed"||error.code==="key/unsupported"))return{
kind:"bad",code:error.code,message:error.message};throw error}let{publicKey,signature,hashAlgorithm}=parsed;return parsed.
namespace!==namespace?{kind:"bad",code:"signature/namespace",message:`signature is for '${parsed.namespace}', not for '${namespace}\
'`}:engines.ed25519KeyIsStrong(publicKey)?{kind:"claim",publicKey,signature,data:signedData(namespace,message,engines,hashAlgorithm)}:
{kind:"bad",code:"key/weak",message:"anyone can make signatures for this public key"}}function verdict({publicKey},good){
return good?{kind:"good",publicKey}:{kind:"bad",code:"signature/invalid",message:"signature does not match the content"}}
function decodeSignatureBlob(blob,code2="signature/malformed"){let cursor=new Cursor(blob,code2),type=readName(cursor,"s\
ignature type");if(type!==ED25519)throw isKeyType(type)?unsupportedType(type):new At1Error(code2,{message:"unknown signa\
ture type"});let signature=readString(cursor,"signature bytes");return signature.length!==64&&cursor.fail(`an Ed25519 si\
gnature has 64 bytes, not ${signature.length}`),cursor.expectEnd("signature bytes"),signature}function malformed2(message){
return new At1Error("signature/malformed",{message})}var SIGNATURE_LIMIT=4096,SIGNATURE_COUNT_LIMIT=256;async function readSignatures(reader,tree,folder){let entry2=await findEntry(
reader,tree,folder);if(entry2===void 0)return{files:[],problems:[]};if(entry2.mode!=="40000")return{files:[],problems:[finding(
"error","signature/malformed",folder,"the signature folder is not a folder")]};let files=[],problems=[],known2=new Map,entries=await readTreeEntries(
reader,entry2.oid);if(entries.length>SIGNATURE_COUNT_LIMIT)return{files,problems:[finding("error","signature/malformed",
folder,`more than ${SIGNATURE_COUNT_LIMIT} signature files`)]};for(let item of entries){let path=`${folder}/${item.name}`;
if(item.mode!=="100644"||!item.name.endsWith(".sig")){problems.push(finding("error","signature/wrong-place",path,"not a \
signature file"));continue}try{let bytes=known2.get(item.oid)??await readSmallBlob(reader,item.oid,SIGNATURE_LIMIT);known2.
set(item.oid,bytes),files.push({name:item.name.slice(0,-4),path,bytes})}catch(error){if(!(error instanceof At1Error))throw error;
problems.push(error.code==="document/too-large"?finding("error","signature/malformed",path,"the signature file is too lo\
ng"):findingOf(error,path))}}return{files,problems}}function judgeSignatures(files,namespace,message,policy,engines){let principals=new Set,
problems=[],checks=new Map,hashing=hashingOnce(engines);for(let file of files){let check=checks.get(file.bytes)??checkFile2(
file,namespace,message,hashing);if(checks.set(file.bytes,check),check.kind==="bad"){problems.push(finding("error",check.
code,file.path,check.message,"the signature file does not belong to these bytes"));continue}let owner=policy.owners.get(
toHex(check.publicKey));policy.silenced?.has(toHex(check.publicKey))===!0?problems.push(finding("error","signature/revok\
ed-key",file.path,"signed by a key that was revoked, after its cut-off","it counts for nothing")):owner===void 0?problems.
push(finding("error","signature/unknown-key",file.path,"signed by a key that the policy does not list",`if you know whos\
e key it is: at1 policy add-principal ${file.name} KEY`)):owner!==file.name?problems.push(finding("error","signature/wro\
ng-place",file.path,`signed by ${owner}, but filed under '${file.name}'`)):principals.add(owner)}return{principals,problems,
checked:files.length}}function checkFile2(file,namespace,message,engines){try{return verifyMessage(fromUtf8(file.bytes),
namespace,message,engines)}catch(error){if(error instanceof At1Error)return{kind:"bad",code:"signature/malformed",message:error.
message};throw error}}function hashingOnce(engines){let once=hash=>{let known2=new Map;return data2=>{let hashed=known2.
get(data2)??hash(data2);return known2.set(data2,hashed),hashed}};return{sha256:once(data2=>engines.sha256(data2)),sha512:once(
data2=>engines.sha512(data2)),ed25519Verify:(signature,data2,key)=>engines.ed25519Verify(signature,data2,key),ed25519KeyIsStrong:key=>engines.
ed25519KeyIsStrong(key)}}var NAMESPACES2={manifest:"at1-manifest",event:"at1-event",evidence:"at1-evidence"},LIMITS={manifest:MANIFEST_LIMIT,event:EVENT_LIMIT,
evidence:EVIDENCE_LIMIT},UNSIGNED_LIMIT=16*1024;function isDocumentPlace(place2){return place2.kind==="manifest"||place2.
kind==="event"||place2.kind==="evidence"}async function refuseUnsigned(reader,tree,path,kind,blob,policies,engines){if(await isLong(
reader,blob)){try{let{files}=await readSignatures(reader,tree,signatureFolder(path));if(files.length>0){let bytes=await readSmallBlob(
reader,blob,LIMITS[kind]);for(let policy of policies)if(judgeSignatures(files,NAMESPACES2[kind],bytes,policy,engines).principals.
size>0)return}}catch(error){if(error instanceof At1Error)return findingOf(error,path);throw error}return missing(path,kind)}}
async function isLong(reader,blob){try{return await readSmallBlob(reader,blob,UNSIGNED_LIMIT),!1}catch(error){if(error instanceof
At1Error)return error.code==="document/too-large";throw error}}var lastParsed=new WeakMap;async function parseOnce(reader,kind,blob,engines){
let last2=lastParsed.get(reader);if(last2?.blob===blob&&last2.kind===kind)return last2.file;let bytes=await readSmallBlob(
reader,blob,LIMITS[kind]),file;try{file=parse2(kind,bytes,engines)}catch(error){if(!(error instanceof At1Error))throw error;
file=error}return lastParsed.set(reader,{kind,blob,file}),file}function parse2(kind,bytes,engines){switch(kind){case"man\
ifest":return{kind,document:readManifest(bytes,engines),bytes};case"event":return{kind,document:readEvent(bytes),bytes};case"\
evidence":return{kind,document:readEvidence(bytes),bytes}}}async function readPlaced(reader,blob,path,place2,registry,engines){
let file;try{file=await parseOnce(reader,place2.kind,blob,engines)}catch(error){if(!(error instanceof At1Error))throw error;
file=error}if(file instanceof At1Error)return findingOf(file,path);let{registry:named2}=file.document;if(named2!==registry)
return finding("error","manifest/other-registry",path,`the ${file.kind} belongs to registry ${named2}`);let[said,asked3]=[
subjectOf(file),placeText(place2)];return said===asked3?file:finding("error","manifest/wrong-place",path,`the ${file.kind}\
 describes ${said}`)}function subjectOf(file){switch(file.kind){case"manifest":return`${file.document.kind}/${file.document.
name}@${file.document.version}`;case"event":return`${file.document.kind}/${file.document.name}:${file.document.lane}, ev\
ent ${file.document.seq}`;case"evidence":return`${file.document.content}, evidence ${file.document.id}`}}function placeText(place2){
switch(place2.kind){case"manifest":return`${place2.artifact}/${place2.name}@${place2.version}`;case"event":return`${place2.
artifact}/${place2.name}:${place2.lane}, event ${place2.seq}`;case"evidence":return`sha256:${place2.content}, evidence ${place2.
id}`}}function rowOf(path,blob,file,landed,engines){let start2={path,blob,commit:landed.commit,effective:null,signers:[],
problems:[]},digest=digestOf(engines.sha256(file.bytes));switch(file.kind){case"manifest":return versionRow(start2,file.
document,digest,landed.seconds);case"event":return eventRow(start2,file.document,digest);case"evidence":return evidenceRow(
start2,file.document,landed.seconds)}}function versionRow(start2,manifest,digest,tagTime){let stored=0;for(let part of manifest.
files){part.layout!==void 0&&(stored+=part.layout.stored);for(let segment of part.segments??[])stored+=segment.stored}return{
...start2,document:"manifest",kind:manifest.kind,name:manifest.name,version:manifest.version,manifest:digest,content:manifest.
content,form:manifest.form,created:manifest.created,description:manifest.description??null,size:manifest.size,stored,files:manifest.
files.length,lineage:linksOf(manifest),tagTime}}function eventRow(start2,event,digest){return{...start2,document:"event",
kind:event.kind,name:event.name,lane:event.lane,seq:event.seq,digest,previous:event.previous===void 0?null:parseDigest(event.
previous),action:event.action,version:event.version,manifest:parseDigest(event.manifest),content:parseDigest(event.content),
from:event.from??null,expires:event.expires??null,actor:event.actor,printed:event.printed,created:event.created,meaning:event.
meaning,reason:event.reason??null,displaced:null,order:null,refused:!1,tags:null}}function evidenceRow(start2,evidence,landed){
return{...start2,document:"evidence",content:parseDigest(evidence.content),type:evidence.type,result:evidence.result??null,
suite:evidence.suite===void 0?null:parseDigest(evidence.suite),metrics:{...evidence.metrics},files:[...evidence.files??[]],
created:evidence.created,landed,expires:evidence.expires??null,actor:evidence.actor,printed:evidence.printed,reason:evidence.
reason??null,policy:parseDigest(evidence.policy)}}function actionOf(row){if(row.document==="manifest")return"register";switch(row.
action){case"promote":case"rollback":case"alias":return`${row.action}:${row.lane}`;case"unalias":return`alias:${row.lane}`;default:
return row.action}}var NOBODY2=new Set;async function judgeRow(reader,tree,row,policy,engines,authors=NOBODY2){let bytes=await readBlob(
reader,row.blob),{files,problems}=await readSignatures(reader,tree,signatureFolder(row.path)),{principals,...signed2}=judgeSignatures(
files,NAMESPACES2[row.document],bytes,policy,engines),lacking=lackingOf(row,policy,principals,authors);return{principals,
counts:lacking===void 0,problems:[...problems,...signed2.problems],lacking,checked:files.length}}function lackingOf(row,{
policy},principals,authors){if(row.document!=="manifest"&&principals.size>0&&!principals.has(row.actor))return finding("\
error","signature/missing",row.path,`${row.actor}, who is said to have made it, did not sign it`);if(row.document==="evi\
dence")return principals.size>0?void 0:missing(row.path,row.document);let artifact=row,decision=decide(policy,actionOf(row),
artifact,principals,authors);return decision.kind==="allowed"?void 0:denied(row,principals,decision)}function denied(row,principals,decision){
let names=[...principals].sort().join(", ");if(principals.size===0)return missing(row.path,row.document);if(decision.have>
0||row.document==="event"&&decision.rule!==void 0)return finding("note","artifact/pending",row.path,`signed by ${names}:\
 ${decision.have} of ${decision.needs} signatures`);let what=row.document==="manifest"?"register it":`do this (${actionOf(
row)})`;return finding("error","policy/denied",row.path,`signed by ${names}, who may not ${what}`)}function missing(path,kind){
return kind==="manifest"?finding("error","signature/missing",path,"no publisher signed this manifest","whoever registere\
d it can sign it: at1 register it again from a clone with their key"):finding("error","signature/missing",path,`nobody t\
he policy knows signed this ${kind}`)}function signatureFolder(path){return`${path.slice(0,-5)}.sig`}function namespaceOf(kind){
return NAMESPACES2[kind]}init_errors();function noEvents(){return{stages:new Map,held:new Map,aliases:new Map,withdrawn:new Map}}function stageOf(lanes,version,initial){
if(lanes.withdrawn.get(version)?.state!=="revoked")return lanes.stages.get(version)?.stage??initial}function holderOf(lanes,lane){
let alias=lanes.aliases.get(lane);if(alias!==void 0)return{version:alias.version,event:alias,expires:alias.expires};for(let version of(lanes.
held.get(lane)??[]).toReversed()){let placed2=lanes.stages.get(version);if(placed2?.stage===lane)return{version,event:placed2.
event,expires:placed2.expires}}}function whyNot(lanes,event,machine){let{action,lane,version}=event,state=lanes.withdrawn.
get(version)?.state??"active";switch(action){case"promote":case"rollback":return whyNotStage(lanes,event,machine,state);case"\
alias":return machine.stages.has(lane)?`${lane} is a stage, not an alias`:whyNotAlias(lanes,event,state);case"unalias":return lanes.
aliases.get(lane)?.version===version?void 0:`${version} has no alias ${lane}`;case"deprecate":return state==="active"?void 0:
`version ${version} is ${state} already`;case"yank":return isOut(state)?`version ${version} is ${state} already`:void 0;case"\
revoke":return state==="revoked"?`version ${version} is revoked already`:void 0;case"restore":return state==="active"?`v\
ersion ${version} is not withdrawn`:state==="revoked"?`version ${version} is revoked, and that is for ever`:void 0;default:
return unreachable(action)}}function whyNotAlias({aliases},{lane,version},state){let given=aliases.get(lane);return given?.
version===version&&given.expires===null?`${version} has the alias ${lane} already`:isOut(state)?`version ${version} is ${state}`:
void 0}function isOut(state){return state==="yanked"||state==="revoked"}function whyNotStage(lanes,{action,lane,version,
from},machine,state){if(!machine.stages.has(lane))return`there is no stage ${lane}`;if(isOut(state))return`version ${version}\
 is ${state}`;let at2=stageOf(lanes,version,machine.initial);return at2!==from?`version ${version} is in ${at2}, not in ${from}`:
at2===lane?action==="promote"&&(lanes.stages.get(version)?.expires??null)!==null?void 0:`version ${version} is in ${lane}\
 already`:action==="rollback"?lanes.held.get(lane)?.includes(version)===!0?void 0:`version ${version} never was in ${lane}`:
(machine.stages.get(at2)?.to??[]).includes(lane)?void 0:`no way leads from ${at2} to ${lane}`}function takeEffect(lanes,event){
let{action,lane,version}=event;switch(action){case"promote":case"rollback":return enter(lanes,event);case"alias":return lanes.
aliases.set(lane,event),[];case"unalias":return lanes.aliases.delete(lane),[];case"deprecate":return lanes.withdrawn.set(
version,{state:"deprecated",event}),[];case"yank":return lanes.withdrawn.set(version,{state:"yanked",event}),[];case"rev\
oke":return revoke(lanes,event);case"restore":return lanes.withdrawn.delete(version),[];default:return unreachable(action)}}
function enter(lanes,event){let{lane,version,displaced}=event,moves=[];lanes.aliases.delete(lane);let before=lanes.stages.
get(version)?.stage;if(before!==void 0&&before!==lane&&moves.push({version,stage:before,kind:"leaves"}),displaced!==null)
for(let[other2,placed2]of lanes.stages)other2===version||placed2.stage!==lane||(moves.push({version:other2,stage:lane,kind:"\
leaves"}),moves.push({version:other2,stage:displaced,kind:"enters"}),place(lanes,other2,{stage:displaced,event,expires:null}));
return moves.push({version,stage:lane,kind:"enters"}),place(lanes,version,{stage:lane,event,expires:event.expires}),moves}
function place(lanes,version,placed2){lanes.stages.set(version,placed2);let held2=lanes.held.get(placed2.stage)??[];held2.
push(version),lanes.held.set(placed2.stage,held2)}function revoke(lanes,event){let{version}=event;lanes.withdrawn.set(version,
{state:"revoked",event});for(let[alias,given]of lanes.aliases)given.version===version&&lanes.aliases.delete(alias);let before=lanes.
stages.get(version)?.stage;return lanes.stages.delete(version),before===void 0?[]:[{version,stage:before,kind:"leaves"}]}
function isExpired({expires},now){return expires!==null&&expires<=now}function effectiveEvents({events},artifact){return[...events.values()].filter(({order,kind,name})=>order!==null&&(artifact===
void 0||artifact.kind===kind&&artifact.name===name)).sort((a,b)=>Number(a.order)-Number(b.order))}function lanesByArtifact(state){
let all=new Map;for(let row of effectiveEvents(state)){let key=`${row.kind}/${row.name}`,lanes=all.get(key)??noEvents();
all.set(key,lanes),takeEffect(lanes,row)}return all}function lanesIn(state,artifact){let lanes=noEvents();for(let row of effectiveEvents(
state,artifact))takeEffect(lanes,row);return lanes}function waitingEvents({events}){return[...events.values()].filter(({
order,refused})=>order===null&&!refused)}var CONFIG_PATH="at1.toml",POLICY_PATH=".at1/policy/policy.toml";var ALLOWED_SIGNERS_PATH=".at1/allowed_signers";var OBJECTS_FOLDER="objects",DOCUMENT_FOLDERS=[".at1","data","evidence","model","recipe","run"],OWNED_FOLDERS=[...DOCUMENT_FOLDERS,
OBJECTS_FOLDER];function manifestPath(kind,name,version){return`${kind}/${name}/${version}.toml`}function eventPath(kind,name,lane,seq){return`${kind}/${name}/events/${lane}/${String(seq).padStart(4,"0")}.toml`}function objectPath(object){if(!isDigestHex(object))throw new RangeError(`not a digest: ${object}`);return`${OBJECTS_FOLDER}\
/${object.slice(0,2)}/${object}.at1`}function parseRegistryPath(path){return path===CONFIG_PATH?{kind:"config"}:path===ALLOWED_SIGNERS_PATH?{kind:"allowed-si\
gners"}:parseSigned(path)??parseSignature(path)??parseObject(path)??other(path)}function other(path){return{kind:"other",
owned:OWNED_FOLDERS.includes(path.split("/")[0])}}function parseObject(path){let[folder,prefix,file,more]=path.split("/");
if(folder!==OBJECTS_FOLDER||prefix===void 0||file===void 0||more!==void 0)return;let digest=withoutEnd(file,".at1");if(!(digest===
void 0||!isDigestHex(digest)||digest.slice(0,2)!==prefix))return{kind:"object",object:digest}}function parseSignature(path){
let slash=path.lastIndexOf("/"),principal=withoutEnd(path.slice(slash+1),".sig"),document=withoutEnd(path.slice(0,Math.max(
0,slash)),".sig");if(principal===void 0||document===void 0||!isPrincipalName(principal))return;let of=parseSigned(`${document}\
.toml`);switch(of?.kind){case void 0:return;case"policy":return{kind:"policy-signature",principal};case"manifest":return{
kind:"signature",of,principal};case"event":return{kind:"event-signature",of,principal};case"evidence":return{kind:"evide\
nce-signature",of,principal};case"run":return{kind:"run-signature",of,principal}}}function parseSigned(path){if(path===POLICY_PATH)
return{kind:"policy"};let stem=withoutEnd(path,".toml");if(stem===void 0)return;let parts=stem.split("/"),first=parts[0];
return first==="evidence"?parseEvidence(parts):first==="run"?parseRun(parts):isKind(first)?parseEvent(first,parts)??parseManifest(
first,parts):void 0}function parseManifest(artifact,parts){let name=parts.slice(1,-1).join("/"),version=parts[parts.length-
1];return isName(name)&&isVersion(version)?{kind:"manifest",artifact,name,version}:void 0}function parseEvent(artifact,parts){
let[folder,lane,number]=parts.slice(-3);if(folder!=="events"||lane===void 0||number===void 0||!isLaneName(lane))return;let name=parts.
slice(1,-3).join("/"),seq=parseSequence(number);return seq!==void 0&&isName(name)?{kind:"event",artifact,name,lane,seq}:
void 0}function parseSequence(text){let digits=text.replace(/^0{1,3}/,""),seq=Number(digits);if(!(!isNumber(digits)||!Number.
isSafeInteger(seq)||seq<1))return String(seq).padStart(4,"0")===text?seq:void 0}function parseEvidence(parts){let[,prefix,
content,id,more]=parts;if(!(prefix===void 0||content===void 0||id===void 0||more!==void 0)&&!(!isDigestHex(content)||content.
slice(0,2)!==prefix||!isUlid(id)))return{kind:"evidence",content,id}}function parseRun(parts){let experiment=parts.slice(
1,-1).join("/"),id=parts[parts.length-1];return isName(experiment)&&isUlid(id)?{kind:"run",experiment,id}:void 0}function withoutEnd(text,end2){
return text.endsWith(end2)&&text.length>end2.length?text.slice(0,-end2.length):void 0}function versionTagMessage(registry,row){return[`${row.kind}/${row.name} ${row.version}`,"",`Registry: ${registry}`,`Man\
ifest: ${formatDigest(row.manifest)}`,`Content: ${formatDigest(row.content)}`,""].join(`
`)}function eventTagMessage(registry,event,row,mark){return[`${row.kind}/${row.name} ${row.version} ${mark}`,"",`Registr\
y: ${registry}`,`Event: ${formatDigest(event.digest)}`,`Manifest: ${formatDigest(row.manifest)}`,`Content: ${formatDigest(
row.content)}`,""].join(`
`)}init_errors();init_oid();import{createHash as createHash3}from"node:crypto";import{join as join5}from"node:path";var ByteLru=class{#limit;#young=new Map;#old=new Map;#weight=0;constructor(limit){this.#limit=limit}get(key){let young=this.#young.
get(key);if(young!==void 0)return young.value;let old=this.#old.get(key);if(old!==void 0)return this.#old.delete(key),this.#add(
key,old),old.value}set(key,value,bytes){let cost=bytes+160;this.delete(key),cost<=this.#limit/4&&this.#add(key,{value,cost})}delete(key){
let young=this.#young.get(key);young!==void 0&&(this.#weight-=young.cost),this.#young.delete(key),this.#old.delete(key)}clear(){
this.#young.clear(),this.#old.clear(),this.#weight=0}#add(key,entry2){this.#weight+entry2.cost>this.#limit/2&&(this.#old=
this.#young,this.#young=new Map,this.#weight=0),this.#young.set(key,entry2),this.#weight+=entry2.cost}};init_errors();init_node_fs();init_oid();import{join as join3}from"node:path";init_errors();import{constants as constants3,inflate,inflateSync}from"node:zlib";var NEEDS_INPUT=Symbol("needs input");function inflateExactly(input,size){
try{let options={chunkSize:Math.max(64,size+1),maxOutputLength:Math.max(1,size),info:!0},{buffer,engine}=inflateWithInfo(
input,options);if(buffer.length!==size)throw invalid4(`inflates to ${buffer.length} bytes instead of ${size}`);return{bytes:view(
buffer),consumed:engine.bytesWritten}}catch(cause){if(cause instanceof At1Error)throw cause;let code2=cause.code;if(code2===
"Z_BUF_ERROR")return NEEDS_INPUT;throw code2==="ERR_BUFFER_TOO_LARGE"?invalid4(`inflates to more than ${size} bytes`):invalid4(
"is not valid zlib data",cause)}}function inflatesTo(input,size){try{return inflateSync(input,{maxOutputLength:Math.max(
1,size-1)}).length>=size}catch(cause){let code2=cause.code;if(code2==="ERR_BUFFER_TOO_LARGE")return!0;if(code2==="Z_BUF_\
ERROR")return NEEDS_INPUT;throw invalid4("is not valid zlib data",cause)}}async function inflateAside(input,size){let options={
chunkSize:Math.max(64,size+1),maxOutputLength:Math.max(1,size),info:!0};return new Promise(resolve9=>{inflate(input,options,
(error,result)=>{let{buffer,engine}=result??{},exact=error===null&&buffer?.length===size&&engine?.bytesWritten===input.length;
resolve9(exact&&buffer!==void 0?view(buffer):void 0)})})}function inflateStart(input){try{return view(inflateSync(input,
{finishFlush:constants3.Z_SYNC_FLUSH}))}catch(cause){throw invalid4("is not valid zlib data",cause)}}function inflateWithInfo(input,options){
return inflateSync(input,options)}function view(buffer){return new Uint8Array(buffer.buffer,buffer.byteOffset,buffer.length)}
function invalid4(problem,cause){return new At1Error("git/invalid-object",{message:`a stored object ${problem}`,cause})}init_errors();init_node_fs();init_errors();function deltaSizes(delta){let base=readSize(delta,0),result=readSize(delta,base.next);return{base:base.value,
result:result.value,start:result.next}}function readSize(delta,from){let value=0,scale=1;for(let at2=from;at2<delta.length;at2++){
let byte=delta[at2];if(value+=(byte&127)*scale,value>Number.MAX_SAFE_INTEGER)break;if(byte<128)return{value,next:at2+1};
scale*=128}return fail2("has no sizes")}function applyDelta(base,delta){let sizes=deltaSizes(delta);sizes.base!==base.length&&
fail2(`is for a base of ${sizes.base} bytes, not ${base.length}`);let out=new Uint8Array(sizes.result),filled=0,at2=sizes.
start;for(;at2<delta.length;){let op=delta[at2++];op===0&&fail2("has an instruction git does not define");let length=op,
source=delta,from=at2;if(op>=128){from=0,length=0;for(let i2=0;i2<4;i2++)(op&1<<i2)!==0&&(from+=byteAt(delta,at2++)*2**(8*
i2));for(let i2=0;i2<3;i2++)(op&16<<i2)!==0&&(length+=byteAt(delta,at2++)*2**(8*i2));length===0&&(length=65536),source=base}else
at2+=length;(from+length>source.length||filled+length>out.length)&&fail2("reaches outside its base or result"),out.set(source.
subarray(from,from+length),filled),filled+=length}return filled!==out.length&&fail2(`makes ${filled} bytes instead of ${out.
length}`),out}function byteAt(delta,at2){return delta[at2]??fail2("is cut short")}function fail2(problem){throw new At1Error(
"git/invalid-object",{message:`a delta in a pack ${problem}`})}init_text();init_errors();var MAGIC2=4285812579,FANOUT_AT=8,NAMES_AT=FANOUT_AT+256*4,TRAILER=40,INDEX_HEAD=NAMES_AT;function longestIndex(head){
let count2=new DataView(head.buffer,head.byteOffset,head.length).getUint32(INDEX_HEAD-4);return NAMES_AT+count2*36+TRAILER}
var PackIndex=class{count;#bytes;#view;#offsetsAt;#largeAt;#largeCount;constructor(bytes){if(this.#bytes=bytes,this.#view=
new DataView(bytes.buffer,bytes.byteOffset,bytes.length),bytes.length<NAMES_AT+TRAILER&&fail3("is cut short"),this.#view.
getUint32(0)!==MAGIC2||this.#view.getUint32(4)!==2)throw new At1Error("git/unsupported",{message:"a pack index is not of\
 version 2",hint:"repack with `git repack -a -d`"});let previous=0;for(let i2=0;i2<256;i2++){let next3=this.#view.getUint32(
FANOUT_AT+4*i2);next3<previous&&fail3("has a fan-out table out of order"),previous=next3}this.count=previous,this.#offsetsAt=
NAMES_AT+this.count*24,this.#largeAt=NAMES_AT+this.count*28;let rest=bytes.length-TRAILER-this.#largeAt;(rest<0||rest%8!==
0)&&fail3(`of ${this.count} objects cannot have ${bytes.length} bytes`),this.#largeCount=rest/8}get packChecksum(){let end2=this.#bytes.
length;return this.#bytes.subarray(end2-TRAILER,end2-20)}find(name){let first=name[0],head=(first<<24|name[1]<<16|name[2]<<
8|name[3])>>>0,low=first===0?0:this.#view.getUint32(FANOUT_AT+4*(first-1)),high=this.#view.getUint32(FANOUT_AT+4*first);
for(;low<high;){let middle=low+high>>>1,order=this.#compare(middle,name,head);if(order===0)return this.#offset(middle);order<
0?low=middle+1:high=middle}}#compare(index,name,head){let at2=NAMES_AT+20*index,difference=this.#view.getUint32(at2)-head;
if(difference!==0)return difference;for(let i2=4;i2<20;i2++){let byte=this.#bytes[at2+i2]-name[i2];if(byte!==0)return byte}
return 0}#offset(index){let offset=this.#view.getUint32(this.#offsetsAt+4*index);if(offset<2147483648)return offset;let large=offset-
2147483648;if(large>=this.#largeCount)return fail3("points outside its table of large offsets");let value=this.#view.getBigUint64(
this.#largeAt+8*large);return value<=BigInt(Number.MAX_SAFE_INTEGER)?Number(value):fail3("has an offset no file reaches")}belongsTo(packTrailer){
return equalBytes(packTrailer,this.packChecksum)}};function fail3(problem){throw new At1Error("git/invalid-object",{message:`\
a pack index ${problem}`})}var TYPES=[void 0,"commit","tree","blob","tag"],OFS_DELTA=6,REF_DELTA=7,CHAIN_LIMIT2=4096,WORK={least:64*1024*1024,perByte:64,
most:1024*1024*1024},WINDOW_STEP=16*1024,WINDOW_LENGTH=2*WINDOW_STEP,HEADER_LIMIT=40,KEY_SPAN=2**43,DELTA_SIZES=20,SHORT_START=64,
LONG_START=1024,BASE_BLOB_LIMIT=64*1024,PackFile=class{path;#key;#caches;#index;#file;#length=0;constructor(path,number,caches){
this.path=path,this.#key=number*KEY_SPAN,this.#caches=caches}find(name){return this.#index??=new PackIndex(readIndex(`${this.
path}.idx`)),this.#index.find(name)}close(){this.#file!==void 0&&closeSync(this.#file),this.#file=void 0}read(offset,limit){
let work=0,allowed=WORK.least,spend=bytes=>{checkSize(bytes,limit),work+=bytes,!(work<=allowed)&&(allowed=Math.min(WORK.
least+WORK.perByte*this.stat(offset).size,WORK.most),work>allowed&&failChain(allowed))},chain=[],offsets=[],object;for(let at2=offset;object===
void 0&&(object=this.#caches.objects.get(this.#key+at2),object===void 0);){let header=this.#header(at2);if(this.#refuseLarge(
header,limit),spend(header.size),header.base===void 0){object={type:typeOf(header.kind),bytes:this.#inflate(header)},(object.
type!=="blob"||object.bytes.length<=BASE_BLOB_LIMIT||at2!==offset)&&this.#keep(at2,object);break}chain.length>=CHAIN_LIMIT2&&
fail4("has a chain of deltas without end"),chain.push(header),offsets.push(at2),at2=header.base}for(let i2=chain.length-
1;i2>=0;i2--){let delta=this.#inflate(chain[i2]);spend(deltaSizes(delta).result),object={type:object.type,bytes:applyDelta(
object.bytes,delta)},this.#keep(offsets[i2],object)}return object}stat(offset){let first=this.#header(offset),size=first.
base===void 0?first.size:deltaSizes(this.#start(first)).result,header=first;for(let depth=0;header.base!==void 0;depth++)
depth>=CHAIN_LIMIT2&&fail4("has a chain of deltas without end"),header=this.#header(header.base);return{type:typeOf(header.
kind),size}}refuseLarge(offset,limit){let header=this.#header(offset);this.#refuseLarge(header,limit),header.base!==void 0&&
checkSize(deltaSizes(this.#start(header)).result,limit)}#refuseLarge(header,limit){if(!(header.size<=limit)){for(let room=deflatedRoom(
limit);;room*=4){let input=this.#bytes(header.dataAt,room),reaches=inflatesTo(input,limit+1);if(reaches===!0)break;(reaches===
!1||input.length<room)&&fail4("states a size that an object does not have")}checkSize(header.size,limit)}}#keep(offset,object){
this.#caches.objects.set(this.#key+offset,object,object.bytes.length)}#header(offset){let bytes=this.#bytes(offset,HEADER_LIMIT),
at2=0,next3=()=>bytes[at2++]??fail4("is cut short"),byte=next3(),kind=byte>>4&7,size=byte&15;for(let scale=16;byte>=128;scale*=
128)byte=next3(),size+=(byte&127)*scale,size>Number.MAX_SAFE_INTEGER&&fail4("states a size no file has");if(kind!==OFS_DELTA&&
kind!==REF_DELTA)return{kind,size,dataAt:offset+at2,base:void 0};if(kind===REF_DELTA){let base=this.#index?.find(bytes.subarray(
at2,at2+20));return at2+20>bytes.length||base===void 0?fail4("has a delta whose base it does not hold"):{kind,size,dataAt:offset+
at2+20,base}}byte=next3();let distance=byte&127;for(;byte>=128&&(byte=next3(),distance=(distance+1)*128+(byte&127),!(distance>
Number.MAX_SAFE_INTEGER)););return distance===0||distance>=offset?fail4("has a delta whose base lies outside"):{kind,size,
dataAt:offset+at2,base:offset-distance}}#inflate(header){for(let room=deflatedRoom(header.size);;room*=4){let input=this.#bytes(
header.dataAt,room),inflated=inflateExactly(input,header.size);if(inflated!==NEEDS_INPUT)return inflated.bytes;if(input.
length<room)return fail4("is cut short")}}#start(header){let start2=inflateStart(this.#bytes(header.dataAt,SHORT_START));
return start2.length>=DELTA_SIZES?start2:inflateStart(this.#bytes(header.dataAt,LONG_START))}#bytes(offset,length){let file=this.#open(),
available=Math.min(length,this.#length-20-offset);if(available<=0)return fail4("is cut short");if(available>WINDOW_STEP)
return readAt(file,offset,available);let number=Math.floor(offset/WINDOW_STEP),start2=number*WINDOW_STEP,window=this.#caches.
windows.get(this.#key+number);return window===void 0&&(window=readAt(file,start2,Math.min(WINDOW_LENGTH,this.#length-start2)),
this.#caches.windows.set(this.#key+number,window,window.length)),window.subarray(offset-start2,offset-start2+available)}#open(){
if(this.#file!==void 0)return this.#file;let file=openSync(`${this.path}.pack`);try{this.#length=fstatSync(file).size,this.#length<
32&&fail4("is cut short");let head=readAt(file,0,12),view2=new DataView(head.buffer,head.byteOffset,12),version=view2.getUint32(
4);(view2.getUint32(0)!==1346454347||version!==2&&version!==3)&&fail4("has a foreign header"),this.#index?.count!==view2.
getUint32(8)&&fail4("does not hold what its index says"),this.#index.belongsTo(readAt(file,this.#length-20,20))||fail4("\
is not the one its index is for")}catch(error){throw closeSync(file),error}return this.#file=file,file}};function readAt(file,offset,length){
let out=new Uint8Array(length);for(let done=0;done<length;){let count2=readSync(file,out,done,length-done,offset+done);if(count2===
0)return fail4("is cut short");done+=count2}return out}function readIndex(path){let file=openSync(path);try{let{size}=fstatSync(
file),longest=size<INDEX_HEAD?size:longestIndex(readAt(file,0,INDEX_HEAD));return size>longest&&fail4("has an index that\
 is longer than its objects make it"),readAt(file,0,size)}finally{closeSync(file)}}function typeOf(kind){return TYPES[kind]??
fail4(`holds an entry of the unknown type ${kind}`)}function checkSize(size,limit){if(!(size<=limit))throw new At1Error(
"git/object-too-large",{message:`a git object has ${size} bytes, more than the limit of ${limit}`,facts:{size,limit},hint:"\
large files belong into containers, not into git objects"})}function deflatedRoom(size){return size+Math.floor(size/1024)+
128}function failChain(allowed){throw new At1Error("git/invalid-object",{message:`a pack file has a chain of deltas that\
 makes more than ${allowed} bytes for one object`,facts:{deltaWork:allowed},hint:"if it is yours: git repack -a -d -f --\
depth=50"})}function fail4(problem){throw new At1Error("git/invalid-object",{message:`a pack file ${problem}`})}var PEEK_BYTES=1024,HEADER_LIMIT2=32;function loosePath(objectsDir,oid){return join3(objectsDir,oid.slice(0,2),oid.slice(
2))}function readLoose(objectsDir,oid,limit){return withLoose(objectsDir,oid,({file,length,type,size,headerLength})=>{if(size>
limit&&!holdsMore(file,length,headerLength+limit))return fail5(oid,"has not the size it states");checkSize(size,limit),checkSize(
length,limit+(limit>>>4)+4096);let input=readUpTo(file,length),inflated=inflateExactly(input,headerLength+size);return inflated===
NEEDS_INPUT?fail5(oid,"is cut short"):inflated.consumed!==length?fail5(oid,"has bytes after its end"):{type,bytes:inflated.
bytes.subarray(headerLength)}})}function holdsMore(file,length,size){let room=Math.min(length,size+(size>>>4)+4096),reaches=inflatesTo(
readUpTo(file,room),size+1);return reaches===!0||reaches===NEEDS_INPUT&&room<length}async function looseEquals(objectsDir,oid,bytes){
let path=loosePath(objectsDir,oid),stored=statSync(path,{throwIfNoEntry:!1});if(stored===void 0)return;let header=objectHeader(
"blob",bytes.length),size=header.length+bytes.length;if(stored.size>size+(size>>>4)+4096)return!1;let inflated=await inflateAside(
await readWhole(path,stored.size),size);return inflated!==void 0&&Buffer.compare(inflated.subarray(0,header.length),header)===
0&&Buffer.compare(inflated.subarray(header.length),bytes)===0}async function readWhole(path,length){let file=await open2(
path,"r").catch(()=>{});try{let{buffer,bytesRead}=await file?.read(Buffer.allocUnsafeSlow(length),0,length,0)??{};return buffer?.
subarray(0,bytesRead)??new Uint8Array(0)}finally{await file?.close()}}function statLoose(objectsDir,oid){return withLoose(
objectsDir,oid,({type,size})=>({type,size}))}function withLoose(objectsDir,oid,use){let path=loosePath(objectsDir,oid),there=statSync(
path,{throwIfNoEntry:!1});if(there===void 0)return;if(!there.isFile())return fail5(oid,"is not a file");let file=openIfThere(
path);if(file!==void 0)try{let{size:length}=fstatSync(file);return use({file,length,...readHeader(oid,readUpTo(file,Math.
min(length,PEEK_BYTES)))})}finally{closeSync(file)}}function openIfThere(path){try{return openSync(path)}catch(error){if(error.
code==="ENOENT")return;throw error}}function readHeader(oid,peek){let start2=inflateStart(peek).subarray(0,HEADER_LIMIT2),
nul=start2.indexOf(0),text=String.fromCharCode(...start2.subarray(0,Math.max(0,nul))),match=/^([a-z]+) (0|[1-9]\d{0,15})$/.
exec(text),type=match?.[1]??"";return isObjectType(type)?{type,size:Number(match?.[2]),headerLength:nul+1}:fail5(oid,"ha\
s no valid header")}function readUpTo(file,length){let out=new Uint8Array(length),done=0;for(;done<length;){let count2=readSync(
file,out,done,length-done,done);if(count2===0)break;done+=count2}return out.subarray(0,done)}function fail5(oid,problem){
throw new At1Error("git/invalid-object",{message:`the loose object ${oid} ${problem}`,facts:{oid}})}init_text();init_writer();init_node_fs();init_read_whole();init_system_error();import{join as join4,resolve as resolve3}from"node:path";
var ALTERNATE_DEPTH=5,ESCAPES={a:"\x07",b:"\b",t:"	",n:`
`,v:"\v",f:"\f",r:"\r"};function packPaths(objectsDir){let folder=join4(objectsDir,"pack");try{return readdirSync(folder).
filter(name=>name.startsWith("pack-")&&name.endsWith(".idx")).sort().map(name=>join4(folder,name.slice(0,-4)))}catch(error){
if(isSystemError(error,"ENOENT","ENOTDIR"))return[];throw error}}function objectFolders(objectsDir,depth=0,seen=new Set){
return seen.has(objectsDir)||depth>ALTERNATE_DEPTH?[]:(seen.add(objectsDir),[objectsDir,...alternates(objectsDir).flatMap(
path=>objectFolders(resolve3(objectsDir,path),depth+1,seen))])}function parseAlternatesVariable(text,separator){let found=[];
for(let at2=0;at2<text.length;){let quoted=text[at2]==='"'?/"(?:[^"\\]|\\.)*"/y:void 0;quoted!==void 0&&(quoted.lastIndex=
at2);let whole=quoted?.exec(text)?.[0],end2=text.indexOf(separator,at2+(whole?.length??0)),part=text.slice(at2,end2<0?void 0:
end2);part!==""&&found.push(unquote(part)),at2=end2<0?text.length:end2+separator.length}return found}function alternates(objectsDir){
try{return readFileSync(join4(objectsDir,"info","alternates"),"utf8").split(`
`).filter(line=>line!==""&&!line.startsWith("#")).map(unquote)}catch(error){if(isSystemError(error,"ENOENT","ENOTDIR"))return[];
throw error}}function unquote(line){if(!line.startsWith('"')||!line.endsWith('"')||line.length<2)return line;let parts=[];
for(let[,octal,escaped,plain]of line.slice(1,-1).matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/gs))octal!==void 0?parts.push(Uint8Array.
of(Number.parseInt(octal,8))):parts.push(utf8(plain??ESCAPES[escaped]??escaped));return new TextDecoder().decode(concatBytes(
parts))}var MIB=1024*1024,DEFAULT_OBJECT_LIMIT=64*MIB,DEFAULT_CACHE=32*MIB,WINDOW_CACHE=16*MIB,CACHED_OBJECT_LIMIT=MIB,OPEN_PACKS=64,
GitReader=class{#repository;#limit;#checked;#caches;#open=new Set;#latest;#hopeless=new Map;#folders;#packs=[];#packNumber=0;constructor(repository,options={}){
let cacheBytes=options.cacheBytes??DEFAULT_CACHE;this.#repository=repository,this.#limit=options.objectLimit??DEFAULT_OBJECT_LIMIT,
this.#checked=new ByteLru(cacheBytes),this.#caches={windows:new ByteLru(WINDOW_CACHE),objects:new ByteLru(cacheBytes)}}async read(oid,limit=this.#limit){
let local=this.#readLocal(oid,limit);if(local!==void 0)return local;if(await this.#fetchMissing(oid)){let fetched=this.#readLocal(
oid,limit);if(fetched!==void 0)return fetched}throw this.#missing(oid)}async holdsBytes(oid,bytes){try{if(bytes.length>CACHED_OBJECT_LIMIT)
for(let folder of this.#objectFolders()){let equal=await looseEquals(folder,oid,bytes);if(equal!==void 0)return equal}let stored=this.#search(
oid,{packed:(pack,offset)=>pack.read(offset,bytes.length),loose:folder=>readLoose(folder,oid,bytes.length)});return stored?.
type==="blob"&&Buffer.compare(stored.bytes,bytes)===0}catch(error){if(error instanceof At1Error)return!1;throw error}}has(oid){
return this.stat(oid)!==void 0}blobSize(oid){let found=this.stat(oid);return found?.type==="blob"?found.size:void 0}stat(oid){
return this.#search(oid,{packed:(pack,offset)=>pack.stat(offset),loose:folder=>statLoose(folder,oid)})}close(){for(let pack of this.#open)
pack.close();this.#open.clear()}#readLocal(oid,asked3){let limit=Math.min(asked3,this.#limit),cached=this.#checked.get(oid);
if(cached!==void 0)return checkSize(cached.bytes.length,limit),cached;let hopeless=this.#hopeless.get(oid);if(hopeless!==
void 0)throw hopeless;let object=this.#search(oid,{packed:(pack,offset)=>(limit<this.#limit&&pack.refuseLarge(offset,limit),
verified(oid,pack.read(offset,this.#limit))),loose:folder=>{let read4=readLoose(folder,oid,limit);return read4===void 0?
void 0:verified(oid,read4)}});return object!==void 0&&(object.type==="tree"||object.bytes.length<=CACHED_OBJECT_LIMIT)&&
this.#checked.set(oid,object,object.bytes.length),object}#search(oid,ask){if(!isOid(oid))throw new TypeError(`not an obj\
ect id: ${String(oid)}`);let damage,attempt2=get=>{try{return get()}catch(error){if(error.code==="ENOENT")return;if(!(error instanceof
At1Error))throw unreadable(oid,error);damage??=asDamage(error,oid);return}},name=oidToBytes(oid);for(let round=0;round<2;round++){
(round>0||this.#folders===void 0)&&this.#rescan(damage!==void 0);for(let pack of this.#packs){let answer=attempt2(()=>this.#askPack(
pack,name,ask.packed));if(answer!==void 0)return answer}for(let folder of this.#folders??[]){let answer=attempt2(()=>ask.
loose(folder));if(answer!==void 0)return answer}if(damage?.code==="git/object-too-large"||damage?.facts.deltaWork!==void 0)
break}if(damage?.facts.deltaWork!==void 0&&this.#hopeless.set(oid,damage),damage!==void 0)throw damage}#askPack(pack,name,ask){
let offset=pack.find(name);if(offset===void 0)return;(this.#latest!==pack||!this.#open.has(pack))&&(this.#open.delete(pack),
this.#open.add(pack),this.#latest=pack,this.#open.size>OPEN_PACKS&&this.#closeOldest());let answer=ask(pack,offset);return this.#packs[0]!==
pack&&(this.#packs=[pack,...this.#packs.filter(other2=>other2!==pack)]),answer}#closeOldest(){for(let oldest of this.#open){
oldest.close(),this.#open.delete(oldest);return}}#objectFolders(){return this.#folders===void 0&&this.#rescan(!1),this.#folders??
[]}#rescan(afresh){this.#hopeless.clear();let{commonDir,lentObjects=[]}=this.#repository,seen=new Set;this.#folders=[join5(
commonDir,"objects"),...lentObjects].flatMap(folder=>objectFolders(folder,0,seen));let known2=new Map(this.#packs.map(pack=>[
pack.path,pack]));this.#packs=[];for(let path of this.#folders.flatMap(packPaths)){let pack=afresh?void 0:known2.get(path);
pack!==void 0&&known2.delete(path),this.#packs.push(pack??new PackFile(path,this.#packNumber++,this.#caches))}for(let gone2 of known2.
values())gone2.close(),this.#open.delete(gone2)}async#fetchMissing(oid){let{git,partial,lazyFetch}=this.#repository;if(git===
void 0||!partial||!lazyFetch)return!1;let{code:code2,stderr}=await runGitIn(git,this.#repository,["--no-replace-objects",
"cat-file","-t",oid]).catch(error=>{throw error instanceof At1Error&&error.code==="capability/missing"?this.#missing(oid,
error):error});if(code2!==0)throw this.#missing(oid,new Error(stderr));return!0}#missing(oid,cause){let{partial}=this.#repository;
return new At1Error("git/object-missing",{message:partial?`the object ${oid} was left out of this partial clone`:`the ob\
ject ${oid} is not in the repository`,facts:{oid,partial},hint:partial?"fetch everything with `git fetch --refetch --no-\
filter`; or, if you trust the configuration of this clone, set AT1_LAZY_FETCH=1 and let git fetch what is read":"see wha\
t is missing with `git fsck`, then fetch it again: `git fetch --refetch`",cause})}};function verified(oid,object){let hash=createHash3(
"sha1").update(`${object.type} ${object.bytes.length}\0`).update(object.bytes).digest("hex");if(hash===oid)return object;
throw new At1Error("git/invalid-object",{message:`the object ${oid} does not match its name`,facts:{oid,found:hash},hint:"\
the repository is damaged: see `git fsck`"})}function asDamage(error,oid){let{code:code2,message,facts,hint}=error;return new At1Error(
code2,{message:facts.oid===void 0?`${oid}: ${message}`:message,facts:{...facts,oid,...code2==="git/object-too-large"?{}:
{damaged:!0}},...hint===void 0?{}:{hint},cause:error})}function unreadable(oid,cause){return new At1Error("io/failed",{message:`\
the object ${oid} cannot be read`,facts:{oid},cause})}init_text();var FOLLOWED=[...DOCUMENT_FOLDERS,CONFIG_PATH].sort(compareText),REGISTRY_BOUND={depth:72,entries:5e5};async function registryTree(reader,root,prefix){
let tree=root;for(let part of prefix.split("/").filter(text=>text!=="")){let entry2=(await readTreeEntries(reader,tree)).
find(candidate=>candidate.name===part);if(entry2?.mode!=="40000")return;tree=entry2.oid}return tree}function folderInWords(prefix){
return prefix===""?"the top folder":`'${prefix}'`}async function registryTreeAt(source,commit){return registryTree(source.
reader,(await readLinks(source.reader,commit)).tree,source.prefix)}var lastRead=new WeakMap;async function entriesOf2(reader,tree){
let last2=lastRead.get(reader);if(last2?.tree===tree)return last2.entries;let entries=await readTreeEntries(reader,tree);
return lastRead.set(reader,{tree,entries}),entries}async function*registryChanges(reader,before,after){if(before===after)
return;let old=before===void 0?[]:await entriesOf2(reader,before),now=after===void 0?[]:await entriesOf2(reader,after);for(let name of FOLLOWED){
let a=old.find(entry2=>entry2.name===name),b=now.find(entry2=>entry2.name===name);if(a?.oid===b?.oid&&a?.mode===b?.mode)
continue;let aTree=a?.mode==="40000"?a.oid:void 0,bTree=b?.mode==="40000"?b.oid:void 0;if(aTree!==void 0||bTree!==void 0)
for await(let change2 of diffTrees(reader,aTree,bTree,`${name}/`,REGISTRY_BOUND))yield{...change2,place:parseRegistryPath(
change2.path)};let aFile=aTree===void 0?a:void 0,bFile=bTree===void 0?b:void 0;(aFile!==void 0||bFile!==void 0)&&(yield{
path:name,place:parseRegistryPath(name),before:aFile,after:bFile})}}init_errors();import{basename as basename2,dirname as dirname4,isAbsolute,join as join7,relative,sep}from"node:path";init_change();init_durable_file();init_node_fs();init_process_mark();init_system_error();import{closeSync as closeSync3,
constants as constants4,fstatSync as fstatSync3,fsync,lstatSync as lstatSync2,openSync as openSync2,promises,read as read2,
readSync as readSync3,write,writeSync}from"node:fs";import{promisify}from"node:util";var AT_ONCE=64*1024,readAsync=promisify(
read2),writeAsync=promisify(write),fsyncAsync=promisify(fsync),READ_FLAGS=constants4.O_RDONLY|(constants4.O_NOFOLLOW??0)|
(constants4.O_NONBLOCK??0),strictUtf8=new TextDecoder("utf-8",{fatal:!0,ignoreBOM:!0}),nodeFileSystem={createExclusive:async(path,mode)=>wrap(
path,change({kind:"create",path,mode},()=>openSync2(path,"wx",mode))),openRead:async path=>wrap(path,openSync2(path,READ_FLAGS)),
rename:rename2,link:link2,unlink:unlink2,mkdir:async(path,mode)=>{await mkdir2(path,{mode})},rmdir:rmdir2,readdir:async path=>(await promises.
readdir(path,{encoding:"buffer",withFileTypes:!0})).map(entryOf),lstat:async path=>{try{let stat=lstatSync2(path,{bigint:!0,
throwIfNoEntry:!1});return stat===void 0?void 0:statOf(stat)}catch(error){if(isSystemError(error,"ENOENT","ENOTDIR"))return;
throw error}},syncDirectory,uniqueName:processMark};function wrap(path,file){return{read:async(into,position)=>into.length<=
AT_ONCE?readSync3(file,into,0,into.length,position):(await readAsync(file,into,0,into.length,position)).bytesRead,write:async data2=>change(
{kind:"write",path,data:data2,position:null},async(limit=data2.length)=>limit<=AT_ONCE?writeSync(file,data2,0,limit):(await writeAsync(
file,data2,0,limit)).bytesWritten),sync:async()=>change({kind:"sync",path},()=>fsyncAsync(file)),stat:async()=>statOf(fstatSync3(
file,{bigint:!0})),close:async()=>closeSync3(file)}}function statOf(stat){return{kind:kindOf(stat),size:Number(stat.size),
mode:Number(stat.mode&0o7777n),mtimeNs:stat.mtimeNs,ino:stat.ino,dev:stat.dev}}function entryOf(entry2){let kind=kindOf(
entry2);try{return{name:strictUtf8.decode(entry2.name),utf8:!0,kind}}catch{return{name:entry2.name.toString("utf8"),utf8:!1,
kind}}}function kindOf(entry2){return entry2.isFile()?"file":entry2.isDirectory()?"directory":entry2.isSymbolicLink()?"s\
ymlink":"other"}init_interrupt();init_io_error();init_process_mark();init_system_error();init_errors();import{join as join6}from"node:path";init_io_error();init_system_error();async function pathInside(root,relative3,fs2=nodeFileSystem,doing="write"){let parts=splitRelative(
relative3),path=root;for(let[index,part]of parts.entries()){path=join6(path,part);let here=path,stat=await attempt(doing,
here,()=>fs2.lstat(here));if(stat===void 0)return join6(root,...parts);let last2=index===parts.length-1;if(!(stat.kind===
"directory"||last2&&stat.kind==="file"))throw unsafePath(here,describeKind(stat.kind))}return path}async function makeFolders(path,mode=511,fs2=nodeFileSystem){let missing2=[],at2=path;for(;;){let here=at2;if(await attempt(
"write",here,()=>fs2.lstat(here))!==void 0)break;missing2.unshift(here);let parent=join6(here,"..");if(parent===here)break;
at2=parent}let made=[];try{for(let folder of missing2){if(!await attempt("write",folder,()=>makeOne(folder,mode,fs2)))continue;
made.push(folder);let parent=join6(folder,"..");await attempt("write",parent,()=>fs2.syncDirectory(parent))}}catch(error){
throw await removeFolders(made,fs2),error}return made}async function removeFolders(made,fs2=nodeFileSystem){for(let folder of[
...made].reverse())await fs2.rmdir(folder).catch(()=>{})}async function makeOne(folder,mode,fs2){try{return await fs2.mkdir(
folder,mode),!0}catch(error){if(isSystemError(error,"EEXIST"))return!1;throw error}}function describeKind(kind){return kind===
"directory"?"a folder":kind==="file"?"a file":kind==="symlink"?"a symbolic link":"a special file"}function unsafePath(path,what,hint="\
put a plain file or folder there; links and special files are not followed"){return new At1Error("io/unsafe-path",{message:`\
'${path}' is ${what}`,hint,facts:{path,found:what}})}function splitRelative(relative3){let parts=relative3.split("/");for(let part of parts)
if(part===""||part==="."||part===".."||part.includes("\0")||part.includes("\\"))throw new At1Error("usage/path",{message:`\
not a path inside a folder: '${relative3}'`,hint:"write it with '/', without '.', '..' or a leading '/'",facts:{path:relative3}});
return parts}function writeAtomic(path,source,options={}){return uninterrupted(()=>writeOne(path,source,options))}async function writeOne(path,source,options){
let fs2=options.fs??nodeFileSystem,temp=await prepare(path,source,options,fs2),renamed=!1;try{await publish(temp,path,options,
fs2),renamed=options.exclusive!==!0}finally{renamed||await discard(temp,fs2)}await settle([dirname4(path)],options,fs2)}function tempBeside(path,fs2=nodeFileSystem){return join7(dirname4(path),TEMP_PREFIX+fs2.uniqueName())}async function syncFolders(folders,fs2=nodeFileSystem){
await eachLimited([...new Set(folders)],8,folder=>attempt("write",folder,()=>fs2.syncDirectory(folder)))}async function eachLimited(items,limit,work){
let running=new Set,failures=[];try{for await(let item of items){let job=work(item).catch(error=>{failures.push(error)}).
finally(()=>running.delete(job));if(running.add(job),running.size>=limit&&await Promise.race(running),failures.length>0)
break}}catch(error){failures.push(error)}if(await Promise.all(running),failures.length>0)throw failures[0]}async function prepare(path,source,options,fs2){
await checkPlace(path,options,fs2),options.parents&&await makeFolders(dirname4(path),511,fs2);let temp=tempBeside(path,fs2),
file=await attempt("write",path,()=>fs2.createExclusive(temp,options.mode??438)),done=!1;try{return await fill(file,path,
source,options),done=!0,temp}finally{done||await discard(temp,fs2)}}async function checkPlace(path,options,fs2){if(options.
root!==void 0){let inside=relative(options.root,path);if(isAbsolute(inside))throw unsafePath(path,`outside '${options.root}\
'`);await pathInside(options.root,inside.split(sep).join("/"),fs2)}let stat=await attempt("write",path,()=>fs2.lstat(path));
if(stat!==void 0){if(options.exclusive)throw outputExists(path);if(stat.kind!=="file")throw unsafePath(path,describeKind(
stat.kind))}}async function writePieces(file,path,pieces,{overlap=!1,onWritten}){let writing=Promise.resolve();try{for await(let piece of pieces)
await writing,writing=writeAll(file,path,piece).then(()=>onWritten?.(piece)),writing.catch(()=>{}),overlap||await writing;
await writing}finally{await writing.catch(()=>{})}}async function fill(file,path,source,options){try{let{overlap,onWritten}=options;
await writePieces(file,path,source instanceof Uint8Array?[source]:source,{overlap,onWritten}),(options.sync??!0)&&await attempt(
"write",path,()=>file.sync())}catch(error){throw await file.close().catch(()=>{}),error}await attempt("write",path,()=>file.
close())}async function writeAll(file,path,data2){for(let at2=0;at2<data2.length;){let rest=data2.subarray(at2),written=await attempt(
"write",path,()=>file.write(rest));if(written<=0)throw new At1Error("io/failed",{message:`cannot write '${path}': no pro\
gress`,facts:{path}});at2+=written}}async function publish(temp,path,options,fs2){await attempt("write",path,()=>options.
exclusive?publishNew(temp,path,fs2):fs2.rename(temp,path))}async function publishNew(temp,path,fs2){try{await fs2.link(temp,path)}catch(error){if(isSystemError(error,"EEXIST"))throw outputExists(
path);if(!hasNoLinks(error))throw error;if(await fs2.lstat(path)!==void 0)throw outputExists(path);await fs2.rename(temp,
path)}}async function settle(folders,options,fs2){if(options.sync??!0){if(options.deferFolders===void 0)return syncFolders(
folders,fs2);for(let folder of folders)options.deferFolders.add(folder)}}async function discard(temp,fs2){await unlinkIfThere(
temp,fs2).catch(()=>{})}async function unlinkIfThere(path,fs2){try{return await fs2.unlink(path),!0}catch(error){if(isSystemError(
error,"ENOENT"))return!1;throw error}}function outputExists(path){return new At1Error("output/exists",{message:`'${basename2(
path)}' exists already`,hint:`choose another place, or replace '${path}' with --force`,facts:{path}})}init_errors();init_io_error();init_system_error();async function readFileBounded(path,limit,fs2=nodeFileSystem,allocate=length=>new Uint8Array(length)){let stat=await attempt(
"read",path,()=>fs2.lstat(path));if(stat===void 0)return;if(stat.kind!=="file")throw unsafePath(path,describeKind(stat.kind));
let file=await attempt("read",path,()=>openIfThere2(path,fs2));if(file!==void 0)try{return await attempt("read",path,()=>readOpen(
file,path,limit,allocate))}finally{await file.close()}}async function openIfThere2(path,fs2){try{return await fs2.openRead(
path)}catch(error){if(isSystemError(error,"ENOENT"))return;throw error}}async function readOpen(file,path,limit,allocate){
let{kind,size}=await file.stat();if(kind!=="file")throw unsafePath(path,describeKind(kind));if(size>limit)throw new At1Error(
"document/too-large",{message:`'${path}' has ${size} bytes, at most ${limit} are read`,facts:{path,size,limit}});let bytes=allocate(
size);if(await readFully(file,bytes,0)!==size||await file.read(new Uint8Array(1),size)!==0)throw changedWhileRead(path);
return bytes}async function readFully(file,into,position){let at2=0;for(;at2<into.length;){let read4=await file.read(into.
subarray(at2),position+at2);if(read4===0)break;at2+=read4}return at2}function changedWhileRead(path){return new At1Error("artifact/changed-while-read",{message:`'${path}' changed while it w\
as read`,hint:"wait until nothing writes to it, then run it again",facts:{path}})}function signatureCount(policy,row,authors=[]){return countSignatures(policy,actionOf(row),row,row.signers,authors)}function countSignatures({
policy},action,artifact,signers,authors=[]){let[signed2,apart]=[new Set(signers),new Set(authors)],decision=decide(policy,
action,artifact,signed2,apart),rule=decision.rule===void 0?void 0:policy.rules[decision.rule],counted2=(rule===void 0?[]:
[...policy.roles.get(rule.role)??[]]).filter(name=>!(rule?.separateAuthor===!0&&apart.has(name)));return{rule:decision.rule===
void 0?null:decision.rule+1,role:rule?.role??null,needs:rule?.threshold??0,have:counted2.filter(name=>signed2.has(name)).
length,missing:counted2.filter(name=>!signed2.has(name)).sort()}}function eventStanding(state,policy,row){let authors=state.versions.get(manifestPath(row.kind,row.name,row.version))?.signers,
count2=signatureCount(policy,row,authors),waits2=row.problems.filter(({severity,code:code2})=>severity==="note"&&!isCount(
code2,count2));return{path:row.path,digest:formatDigest(row.digest),action:row.action,lane:row.lane,version:row.version,
from:row.from,expires:row.expires,reason:row.reason,state:row.refused?"refused":row.order===null?"pending":"effective",signers:row.
signers,...count2,waitsFor:waits2.map(({message})=>message)}}function isCount(code2,{have,needs}){return code2==="artifa\
ct/pending"&&have<needs}init_text();var MOST=3,LONGEST=160;function nearest(asked3,candidates){if(asked3.length>LONGEST)return[];let limit=Math.
max(2,Math.floor(asked3.length/3)),near=[];for(let name of new Set(candidates)){if(Math.abs(name.length-asked3.length)>limit)
continue;let distance=editDistance(asked3,name);distance<=limit&&near.push({name,distance})}return near.sort((a,b)=>a.distance-
b.distance||compareText(a.name,b.name)),near.slice(0,MOST).map(({name})=>name)}function editDistance(a,b){let row=Array.
from({length:b.length+1},(_,j)=>j);for(let i2=1;i2<=a.length;i2++){let next3=[i2];for(let j=1;j<=b.length;j++){let replaced=row[j-
1]+(a[i2-1]===b[j-1]?0:1);next3.push(Math.min(replaced,row[j]+1,next3[j-1]+1))}row=next3}return row[b.length]}function eventTags({action,version},moves,before){let tags=moves.map(move=>({version:move.version,mark:`#${move.stage}${move.
kind==="leaves"?"!":""}`})),out=before==="yanked"||before==="revoked";return(action==="yank"||action==="revoke")&&!out?[
...tags,{version,mark:`@v${version}!`}]:action==="restore"&&out?[...tags,{version,mark:`@v${version}`}]:tags}function formatVersionTag(tag){return`${tag.prefix===""?"":`${tag.prefix}=`}${tag.kind}/${tag.name}@v${tag.version}`}function parseVersionTag(text,prefix){
let dir=prefix===""?"":`${prefix}=`;if(!text.startsWith(dir))return;let[kind,rest]=cut(text.slice(dir.length),"/"),[name,
version]=cut(rest,"@v");return isKind(kind)&&isName(name)&&isVersion(version)?{prefix,kind,name,version}:void 0}function formatEventTag(tag){
return`${tag.prefix===""?"":`${tag.prefix}=`}${tag.kind}/${tag.name}${tag.mark}#${tag.number}`}function parseEventTag(text,prefix){
let dir=prefix===""?"":`${prefix}=`;if(!text.startsWith(dir))return;let hash=text.lastIndexOf("#"),[kind,rest]=cut(text.
slice(dir.length,hash),"/"),[name]=cut(cut(rest,"#")[0],"@v"),[mark,digits]=[rest.slice(name.length),text.slice(hash+1)],
number=isNumber(digits)?Number(digits):0;if(number<1||!Number.isSafeInteger(number))return;let bare=mark.endsWith("!")?mark.
slice(0,-1):mark;if(!(!(bare.startsWith("#")?isLaneName(bare.slice(1)):isVersion(bare.slice(2)))||!isKind(kind)||!isName(
name)))return{prefix,kind,name,mark,number}}function cut(text,mark){let at2=text.indexOf(mark);return at2<0?[text,""]:[text.
slice(0,at2),text.slice(at2+mark.length)]}function isGtoTag(text,prefix){let bare=text.replace(/#[0-9]+$/,""),word=["@de\
precated","@created"].find(ending=>bare.endsWith(ending)),known2=word===void 0?bare:`${bare.slice(0,-word.length)}#stage`;
return[text,known2].some(name=>parseEventTag(`${name}#1`,prefix)!==void 0)}function expectedTags(state,prefix){let tags=new Map;for(let row of state.versions.values()){if(row.effective===null)continue;
let name=formatVersionTag({prefix,kind:row.kind,name:row.name,version:row.version}),message=versionTagMessage(state.registry,
row);tags.set(name,{name,target:row.commit,seconds:row.tagTime,message,row,event:void 0})}for(let tag of stageTags(state,
prefix))tags.set(tag.name,tag);return tags}function*stageTags(state,prefix){let lanes=new Map;for(let event of effectiveEvents(
state)){let{kind,name,tags}=event,own=lanes.get(`${kind}/${name}`)??noEvents();lanes.set(`${kind}/${name}`,own);let before=own.
withdrawn.get(event.version)?.state;for(let[index,tag]of eventTags(event,takeEffect(own,event),before).entries()){let row=state.
versions.get(manifestPath(kind,name,tag.version));row!==void 0&&tags!==null&&(yield expectedTag(state,prefix,event,row,tag,
tags,index))}}}function expectedTag(state,prefix,event,row,tag,{number,time},index){return{name:formatEventTag({prefix,kind:row.
kind,name:row.name,mark:tag.mark,number:number+index}),target:row.commit,seconds:time+index,message:eventTagMessage(state.
registry,event,row,tag.mark),row,event}}function checkedOut({refs}){let{ref}=refs.head();return ref?.startsWith("refs/heads/")===!0?ref.slice(11):null}init_text();import{dirname as dirname5,join as join8}from"node:path";init_errors();init_oid();init_text();init_writer();var FORMAT=7;function formatCatalog(state){let{head,headRefused,registry,branch,root,policy,policies,
leftPolicies,revoked,formerTags:formerTags2,stages}=state,{orders,refusals,findings}=state,tagClocks=[...state.tagClocks],
pieces=[utf8(`${JSON.stringify({catalog:FORMAT,head,headRefused,registry,branch,root,policy,policies,leftPolicies,revoked,
formerTags:formerTags2,stages,tagClocks,orders,refusals,findings})}
`)];for(let rows of[state.versions,state.events,state.evidence])for(let row of rows.values())pieces.push(utf8(`${JSON.stringify(
ordered(row))}
`));return concatBytes(pieces)}function ordered(value){if(Array.isArray(value))return value.map(ordered);if(typeof value!=
"object"||value===null)return value;let entries=Object.entries(value).sort(([a],[b])=>compareText(a,b));return Object.fromEntries(
entries.map(([name,inner])=>[name,ordered(inner)]))}function parseTrustedCatalog(bytes){let lines3=linesOf(bytes),header=JSON.
parse(lines3.next().value??"null");if(header?.catalog!==FORMAT)return;let versions=new Map,events=new Map,evidence=new Map;
for(let line of lines3){let row=JSON.parse(line);row.document==="manifest"?versions.set(row.path,row):row.document==="ev\
ent"?events.set(row.path,row):evidence.set(row.path,row)}let{catalog,tagClocks,...state}=header;return{...state,tagClocks:new Map(
tagClocks),versions,events,evidence}}function*linesOf(bytes){for(let at2=0;at2<bytes.length;){let end2=bytes.indexOf(10,
at2);yield fromUtf8(bytes.subarray(at2,end2<0?bytes.length:end2)),at2=end2<0?bytes.length:end2+1}}var CATALOG_LIMIT=1024*1024*1024,SEALS_LIMIT=64*1024,SEALS_KEPT=64;function catalogPath(root){return join8(root,".at1","\
cache","catalog.jsonl")}async function loadCatalog(place2){return place2.root===void 0?void 0:loadSealed(place2,catalogPath(
place2.root))}async function loadTargetCatalog(place2){return loadSealed(place2,targetCatalogPath(place2))}async function loadSealed(place2,path){
let bytes=await readOptional(path,CATALOG_LIMIT);if(bytes===void 0)return;let digest=digestOf(place2.sha256(bytes));return(await readSeals(
place2)).some(sealed=>sealed.digest===digest)?parseTrustedCatalog(bytes):void 0}async function saveCatalog(place2,state){
if(place2.root===void 0)return;let bytes=formatCatalog(state);return tolerant(async root=>{await writeCacheFile(root,"ca\
talog.jsonl",bytes),await seal(place2,state.head,bytes)},place2.root)}async function saveTargetCatalog(place2,state){let bytes=formatCatalog(
state);return tolerant(async path=>{await makeFolders(dirname5(path),448),await writeAtomic(path,bytes,{mode:384}),await seal(
place2,state.head,bytes)},targetCatalogPath(place2))}async function seal(place2,head,bytes){let made={head,digest:digestOf(
place2.sha256(bytes))},lines3=[...(await readSeals(place2)).filter(other2=>other2.head!==head),made].slice(-SEALS_KEPT).
map(({head:head2,digest})=>`${head2} ${digest}
`);await makeFolders(join8(place2.stateDir,"catalogs"),448),await writeAtomic(sealsPath(place2),utf8(lines3.join("")),{mode:384})}async function writeCacheFile(root,name,bytes){let path=await pathInside(root,`.at1/cache/${name}`);await makeFolders(dirname5(
path)),await writeAtomic(path,bytes)}function sealsPath(place2){return join8(place2.stateDir,"catalogs",`${nameOf(place2)}\
.txt`)}function nameOf({registry,prefix,sha256:sha2562}){return prefix===""?registry:`${registry}-${toHex(sha2562(utf8(prefix)).
subarray(0,8))}`}function targetCatalogPath(place2){return join8(place2.stateDir,"catalogs",`${nameOf(place2)}-target.js\
onl`)}async function readSeals(place2){let bytes=await readOptional(sealsPath(place2),SEALS_LIMIT);if(bytes===void 0)return[];
let seals=[];for(let line of fromLatin1(bytes).split(`
`)){let[head,digest]=line.split(" ");head!==void 0&&digest!==void 0&&isOid(head)&&isDigestHex(digest)&&seals.push({head,
digest})}return seals}async function readOptional(path,limit){try{return await readFileBounded(path,limit)}catch(error){
if(error instanceof At1Error)return;throw error}}async function tolerant(write3,place2){try{await write3(place2);return}catch(error){
if(error instanceof At1Error&&error.code.startsWith("io/"))return error;throw error}}init_errors();init_refs();init_oid();init_text();init_errors();init_oid();var Ancestry=class{#source;#known;isCut=!1;constructor(source,fresh){this.#source=source,this.#known=fresh?new Set:void 0}async enter(oid,{
tree,parents}){let held2=this.#source.shallow.has(oid)?[]:parents,others=held2.slice(1);if(this.#known===void 0&&others.
length===0)return[];this.#known??=new Set((await this.#reach(held2.slice(0,1))).keys());let known2=this.#known,arrived=others.
length===0?[]:await this.#reach(others,known2),sides=[];for(let[side,links]of arrived)known2.add(side),sides.push({oid:side,
step:!1,...links});return known2.add(oid),others.length===0?[]:[...sides,{oid,step:!0,tree,parents:others}]}async#reach(from,without=new Set){
let{reader,shallow}=this.#source,found=new Map,ahead=new Set(from.filter(oid=>!without.has(oid)));for(let oid of ahead){
let links=await readLinks(reader,oid),parents=shallow.has(oid)?[]:links.parents;parents.length<links.parents.length&&(this.
isCut=!0),found.set(oid,{tree:links.tree,parents});for(let parent of parents)without.has(parent)||ahead.add(parent)}return found}};init_errors();var FOLDERS=1e3,LENGTH=65536,NOTHING2=new Uint8Array(0),Elsewhere=class{#source;#ids=new Map;#found=new Map;#last=new Map;constructor(source){
this.#source=source}async look(commit,root,ours){let{reader,prefix}=this.#source,own=await orNothing(()=>registryTree(reader,
root,prefix)),here=own&&await this.#idOf(own);if(here!==void 0&&here===ours)return;let note=(id,folder)=>{id!==void 0&&id!==
here&&!this.#found.has(id)&&this.#found.set(id,{folder,commit})},parts=prefix===""?[]:prefix.split("/");for(let depth of parts.
keys()){let folder=parts.slice(0,depth).join("/"),above=await orNothing(()=>registryTree(reader,root,folder));above!==void 0&&
note(await this.#idOf(above),folder)}await this.#lookInto(root,"",note),own!==void 0&&own!==root&&await this.#lookInto(own,
`${prefix}/`,note),here!==void 0&&this.#last.clear()}async#lookInto(tree,prefix,note){let last2=this.#last.get(prefix)??
NOTHING2;this.#last.delete(prefix),await orNothing(async()=>{let bytes=await readTreeBytes(this.#source.reader,tree),folders=0;
for(let[,entry2]of differingEntries(last2,bytes))if(entry2?.mode==="40000"){if(folders++===FOLDERS)return;note(await this.#idOf(
entry2.oid),`${prefix}${entry2.name}`)}this.#last.set(prefix,bytes)})}async#idOf(tree){let{reader}=this.#source,entry2=await orNothing(
()=>findEntry(reader,tree,CONFIG_PATH));if(entry2?.mode!=="100644")return;let{oid}=entry2,read4=async()=>readConfig(await readSmallBlob(
reader,oid,LENGTH)).id;return this.#ids.has(oid)||this.#ids.set(oid,await orNothing(read4)),this.#ids.get(oid)}take(ours){
let place2=this.#found.get(ours);if(this.#found.clear(),this.#last.clear(),place2!==void 0)return finding("warning","his\
tory/registry-changed",`commit ${place2.commit}`,`this registry was in ${folderInWords(place2.folder)} there; what was d\
ecided in that folder is no part of this history`,"if that is the registry you know, somebody leads you away from it: as\
k its owner")}};function versionAt(fold,path){let row=fold.rows.get(path);return row?.document==="manifest"?row:void 0}function closeWithdrawn(fold){
for(let[path,digest]of fold.withdrawn)fold.rows.has(path)||fold.refusals.add(digest);fold.withdrawn.clear()}function noteReady(fold,{
path,refused,order},policy){refused||order!==null||(fold.waiting.add(path),policy!==void 0&&!fold.ready.has(path)&&fold.
ready.set(path,policy))}function newestPolicy(fold){let point=fold.policies.at(-1);if(point===void 0)throw new RangeError(
"a fold begins with a policy");return point}function acceptPolicy(fold,loaded3,blob){fold.policy=loaded3,fold.policies.push(
{blob,digest:loaded3.digest,version:loaded3.policy.version})}var TOLD=1e3,indexes=new WeakMap;function indexOf2({findings}){
let index=indexes.get(findings)??{count:0,keys:new Map,bySubject:new Map,counts:new Map};for(indexes.set(findings,index);index.
count<findings.length;index.count++){let found=findings[index.count];index.keys.set(keyOf(found),index.count);let same=index.
bySubject.get(found.subject);same===void 0?index.bySubject.set(found.subject,[index.count]):same.push(index.count),count(
index,found,1)}return index}function keyOf({code:code2,subject,message,severity}){return[code2,severity,subject,message].
join("\0")}function count({counts},{code:code2,severity},by){let key=`${code2} ${severity}`;counts.set(key,(counts.get(key)??
0)+by)}function countOf({counts},{code:code2,severity}){return counts.get(`${code2} ${severity}`)??0}function isFull(index,sort){
return!sort.code.startsWith("history/")&&countOf(index,sort)>=TOLD}function restOf({code:code2,severity}){return finding(
severity,code2,"registry",`more than ${TOLD} findings of this kind: the others are left out`)}function report(fold,found){
let index=indexOf2(fold);if(index.keys.has(keyOf(found)))return;let told2=isFull(index,found)?restOf(found):found;index.
keys.has(keyOf(told2))||fold.findings.push(told2)}function toldFindings({findings}){let rests=new Set;return findings.filter(
found=>{let key=keyOf(found);if(key!==keyOf(restOf(found)))return!0;let isFirst=!rests.has(key);return rests.add(key),isFirst})}
function isReported(fold,subject,code2){return(indexOf2(fold).bySubject.get(subject)??[]).some(place2=>{let found=fold.findings[place2];
return found?.severity==="error"&&(code2===void 0||found.code===code2)})}function settle2(fold,concerns){for(let[place2,
found]of fold.findings.entries())concerns(found)&&settleAt(fold,place2)}function settleAbout(fold,subject,concerns=()=>!0){
for(let place2 of indexOf2(fold).bySubject.get(subject)??[])concerns(fold.findings[place2])&&settleAt(fold,place2)}function settleAt(fold,place2){
let found=fold.findings[place2];if(found?.severity!=="error")return;let index=indexOf2(fold),settled2={...found,severity:"\
warning",message:`${found.message} (put right since)`},told2=isFull(index,settled2)?restOf(settled2):settled2;fold.findings[place2]=
told2,index.keys.delete(keyOf(found)),count(index,found,-1),(told2===settled2||!index.keys.has(keyOf(told2)))&&(index.keys.
set(keyOf(told2),place2),count(index,told2,1));let rest=index.keys.get(keyOf(restOf(found)));rest!==void 0&&countOf(index,
found)===1&&settleAt(fold,rest)}init_errors();init_errors();var DAY=86400,CLOCKS_APART=3600,PICKLED=[".pkl",".pickle",".joblib",".dill",".pt",".pth",".ckpt",".bin",".mar"];function isDatedAhead({
created,landed}){return parseTimestamp(created)>landed+CLOCKS_APART}function unmetConditions(policy,rule,facts){let usable=facts.
version.evidence.filter(one=>isUsable(one,facts.created)),unmet=[],found=[];for(let required of rule.evidence){let satisfying=usable.
filter(one=>satisfies2(policy,required,facts,one));satisfying.length===0&&unmet.push(lacks(policy,required,facts,usable)),
found.push(...satisfying)}let measured2=rule.evidence.length>0?metricsOf(found):facts.version.metrics;unmet.push(...rule.
metrics.flatMap(bound=>unmetBound(bound,measured2,""))),unmet.push(...rule.regressions.flatMap(allowed=>regressed(policy,
rule,allowed,measured2,facts)));for(let{bound,since}of facts.bars){let later=usable.filter(one=>one.policy>=since&&mayAttest(
policy,facts.artifact,one));unmet.push(...unmetBound(bound,metricsOf(later),", measured after the bar was set"))}return[
...unmet,...unmetForm(rule,facts.version),...unmetLineage(facts)]}function isUsable({result,expires},at2){return result!==
"fail"&&(expires===null||expires>at2)}function lacks(policy,required,facts,usable){let asked3=`it lacks evidence: ${describe2(
required)}`;if(required.maxAgeDays===void 0)return asked3;let anyAge={...required,maxAgeDays:void 0},ahead=usable.find(one=>isDatedAhead(
one)&&satisfies2(policy,anyAge,facts,one));return ahead===void 0?asked3:`${asked3} (${ahead.path} is dated after the com\
mit that brought it)`}function satisfies2(policy,{type,role,threshold,maxAgeDays,suite},{artifact,created},one){if(one.type!==
type||suite!==void 0&&one.suite!==suite)return!1;let age=parseTimestamp(created)-parseTimestamp(one.created);if(maxAgeDays!==
void 0&&(age>maxAgeDays*DAY||isDatedAhead(one)))return!1;if(role===void 0)return one.signers.length>=threshold&&mayAttest(
policy,artifact,one);let members=policy.roles.get(role);return one.signers.filter(signer=>members?.has(signer)).length>=
threshold}function mayAttest(policy,artifact,{type,signers}){return decide(policy,`attest:${type}`,artifact,new Set(signers)).
kind==="allowed"}function describe2({type,role,threshold,maxAgeDays,suite}){let by=role===void 0?"":` by ${threshold} of\
 ${role}`,age=maxAgeDays===void 0?"":` of at most ${maxAgeDays} days`;return`${type}${by}${age}${suite===void 0?"":` aga\
inst sha256:${suite}`}`}function metricsOf(evidence){let oldestFirst=[...evidence].sort((a,b)=>dateOf(a)-dateOf(b)||(a.path<
b.path?-1:1));return Object.fromEntries(oldestFirst.flatMap(({metrics})=>Object.entries(metrics)))}function dateOf(one){
return isDatedAhead(one)?one.landed:parseTimestamp(one.created)}function metricOf(metrics,name){return Object.hasOwn(metrics,
name)?metrics[name]:void 0}function unmetBound(bound,metrics,how){let value=metricOf(metrics,bound.metric);return value===
void 0?[`${formatBound(bound)} is asked${how}, and nothing says what ${bound.metric} is`]:isWithinBound(bound,value)?[]:
[`${formatBound(bound)} is asked${how}, and it is ${value}`]}function regressed(policy,rule,{metric,better,by},measured2,{
holder,artifact}){if(holder===void 0)return[];let before=metricOf(rule.evidence.length>0?metricsOf(holder.evidence.filter(
one=>mayAttest(policy,artifact,one))):holder.metrics,metric);if(before===void 0)return[];let value=metricOf(measured2,metric);
if(value===void 0)return[`${metric} is to be held against that of ${holder.name}, and nothing says what it is`];let worse=better===
"higher"?before-value:value-before;return Number(worse.toPrecision(12))<=by?[]:[`${metric} is ${value}, worse than the ${before}\
 of ${holder.name} by more than ${by}`]}function unmetLineage({incompleteLineage:[first,...others]}){return first===void 0?
[]:[`its lineage is not complete: ${first}`,...others]}function unmetForm({licenses,refusesPickle},{license,paths}){let unmet=[];
licenses.length>0&&!licenses.includes(license??"")&&unmet.push(`its license is ${license??"not named"}, and one of ${licenses.
join(", ")} is asked`);let pickled=refusesPickle?paths.find(path=>PICKLED.some(ending=>path.toLowerCase().endsWith(ending))):
void 0;return pickled!==void 0&&unmet.push(`${pickled} may be a pickle, which runs code when it is loaded`),unmet}init_errors();init_text();init_errors();function loadPolicy(bytes,engines){let policy=parsePolicy(bytes),owners=new Map,keys=new Map;for(let principal of policy.
principals.values()){let own=[];for(let text of principal.keys){let key=parsePublicKey(text);refuseWeakKey(key,`principa\
l '${principal.name}'`,engines);let hex=toHex(key.raw),other2=owners.get(hex);if(other2!==void 0)throw new At1Error("pol\
icy/invalid",{message:`one key is listed for '${other2}' and for '${principal.name}'`});owners.set(hex,principal.name),own.
push(key)}keys.set(principal.name,own)}let revoked=new Map(policy.revoked.map(({key,cutoff})=>[toHex(parsePublicKey(key).
raw),cutoff]));return{digest:digestOf(engines.sha256(bytes)),bytes,policy,owners,keys,revoked}}var loaded2=new WeakMap;async function loadPolicyBlob(reader,blob,engines){
let known2=loaded2.get(reader)??new Map;loaded2.set(reader,known2);let policy=known2.get(blob)??loadPolicy(await readSmallBlob(
reader,blob,POLICY_LIMIT),engines);return known2.set(blob,policy),policy}function refuseWeakKey(key,whose,engines){if(!engines.
ed25519KeyIsStrong(key.raw))throw new At1Error("key/weak",{message:`the key of ${whose} is not a point of the prime-orde\
r group: anyone could sign for it`,hint:"refuse this key and ask for one made by ssh-keygen -t ed25519"})}var FROZEN_CODES={manifest:{changed:"history/manifest-changed",removed:"history/manifest-removed"},event:{changed:"histo\
ry/event-changed",removed:"history/event-removed"},evidence:{changed:"history/evidence-changed",removed:"history/evidenc\
e-removed"}};function frozenFinding(change2,document,oid){let removed=change2.after===void 0;return finding("error",FROZEN_CODES[document][removed?
"removed":"changed"],change2.path,`commit ${oid.slice(0,12)} ${removed?"removes":"changes"} a landed ${document}`,document===
"manifest"?"landed versions are frozen: bring it back as it was, and register the change as a new version":"it is never \
changed or deleted: bring it back as it was, and say the change in a new one")}function addProblem(fold,row,found){row.problems.
some(({severity,subject,message})=>severity===found.severity&&subject===found.subject&&message===found.message)||fold.rows.
set(row.path,{...row,problems:[...row.problems,found]})}function documentOfSignature({place:place2,path}){if(!SIGNATURE_KINDS.
has(place2.kind))return;let end2=path.indexOf(".sig/"),document=end2<0?`${path.slice(0,-4)}.toml`:`${path.slice(0,end2)}\
.toml`;if(!(end2<0&&!path.endsWith(".sig")))return isDocumentPlace(parseRegistryPath(document))?document:void 0}var SIGNATURE_KINDS=new Set(
["signature","event-signature","evidence-signature","other"]);async function checkSignatureKept(source,fold,document,change2){
let{before,after,path}=change2,row=fold.rows.get(document);row===void 0||before===void 0||after?.oid===before.oid&&after.
mode===before.mode||before.mode!=="100644"||!isSignatureFile(document,path)||await signatureCounted(source,fold,row,path,
before.oid)&&addProblem(fold,row,finding("error","history/signature-changed",path,`a signature file was ${after===void 0?
"removed":"changed"}`,"signature files are only ever added: bring it back as it was"))}function isSignatureFile(document,path){
return path.endsWith(".sig")&&path.split("/").length===document.split("/").length+1}async function signatureCounted(source,fold,row,path,blob){
try{return await countsUnderAny(source,fold,row,path,blob)}catch(error){if(error instanceof At1Error)return error.code!==
"document/too-large";throw error}}async function countsUnderAny(source,fold,row,path,blob){let bytes=await readSmallBlob(
source.reader,blob,SIGNATURE_LIMIT),message=await readBlob(source.reader,row.blob),name=path.slice(path.lastIndexOf("/")+
1,-4);for(let policy of await allPolicies(source,fold))if(judgeSignatures([{name,path,bytes}],namespaceOf(row.document),
message,policy,source.engines).principals.size>0)return!0;return!1}async function signaturesBack(source,fold,tree,row){let back=new Set;
for(let{code:code2,severity,subject}of row.problems)code2!=="history/signature-changed"||severity!=="error"||back.has(subject)||
await countsThere(source,fold,tree,row,subject)&&back.add(subject);return back}async function countsThere(source,fold,tree,row,path){
try{let entry2=await findEntry(source.reader,tree,path);return entry2?.mode==="100644"&&await countsUnderAny(source,fold,
row,path,entry2.oid)}catch(error){if(error instanceof At1Error)return!1;throw error}}async function excuseLate(source,fold,tree,paths){
for(let path of paths){let row=fold.rows.get(path);if(row===void 0||row.effective===null||!row.problems.some(isLate))continue;
let problems=[];for(let found of row.problems){let stays=isLate(found)&&await countsThere(source,fold,tree,row,found.subject);
problems.push(stays?{...found,severity:"warning",hint:LATE_HINT}:found)}fold.rows.set(path,{...row,problems})}}var LATE_SIGNATURES=new Set(
["signature/unknown-key","signature/revoked-key"]),LATE_HINT="it counts for nothing, and stays: signature files of peopl\
e who were once listed are never removed";function isLate({severity,code:code2}){return severity==="error"&&LATE_SIGNATURES.
has(code2)}async function countedOnce(source,fold,tree,entry2,path,place2){let{reader,engines}=source;if(entry2.mode!=="\
100644")return!1;try{let policies=await allPolicies(source,fold);if(await refuseUnsigned(reader,tree,path,place2.kind,entry2.
oid,policies,engines)!==void 0)return!1;let file=await readPlaced(reader,entry2.oid,path,place2,fold.registry,engines);if("\
code"in file)return file.code==="git/object-missing";let row=rowOf(path,entry2.oid,file,{commit:tree,seconds:0},engines);
for(let policy of policies)if((await judgeRow(reader,tree,row,policy,engines)).counts)return!0;return!1}catch(error){if(error instanceof
At1Error)return!0;throw error}}async function allPolicies(source,fold){let policies=[fold.policy];for(let{blob,digest}of fold.
policies)digest!==fold.policy.digest&&policies.push(await loadPolicyBlob(source.reader,blob,source.engines));return policies}function eventAt(fold,path){let row=fold.rows.get(path);return row?.document==="event"?row:void 0}function neighbourOf(fold,{
kind,name,lane,seq},by){return seq+by<1?void 0:eventAt(fold,eventPath(kind,name,lane,seq+by))}function relationProblem(fold,row){
if(row.seq>1&&neighbourOf(fold,row,-1)?.digest!==row.previous)return finding("error","event/chain",row.path,`it does not\
 follow event ${row.seq-1} of its lane`);let version=versionAt(fold,manifestPath(row.kind,row.name,row.version));if(version===
void 0||version.manifest!==row.manifest||version.content!==row.content){let message=`${row.version} is not registered wi\
th these digests`;return finding("error","event/other-version",row.path,message)}}init_errors();function revokedBy({revoked}){return[...revoked].map(([key,cutoff])=>({key,cutoff})).sort((a,b)=>a.key<b.key?-1:1)}async function openRevocations(source,revoked){
let opened=[];for(let{key,cutoff}of revoked)opened.push({key,cutoff,spared:await ancestorsOf(source,cutoff)});return opened}
async function ancestorsOf({reader,shallow},cutoff){let found=new Set,ahead=new Set([cutoff]);for(let oid of ahead)try{let{
parents}=await readLinks(reader,oid);if(found.add(oid),!shallow.has(oid))for(let parent of parents)ahead.add(parent)}catch(error){
if(!(error instanceof At1Error))throw error}return found}function policyFor(fold,oid,policy){let gone2=fold.revocations.
filter(({spared})=>!spared.has(oid));if(gone2.length===0)return policy;let silenced=new Set(gone2.map(({key})=>key));return{
...policy,owners:new Map([...policy.owners].filter(([key])=>!silenced.has(key))),silenced}}async function applyDocument(source,fold,step,change2,touched){let{place:place2,path,after}=change2;if(!isDocumentPlace(
place2))return;let landed=fold.rows.get(path);if(landed!==void 0){settleAbout(fold,path,one=>!isOfHistory(one)),applyToLanded(
fold,step.oid,change2,landed)&&touched.set(path,touched.get(path)??new Set);return}let file=after===void 0?void 0:await readLanding(
source,fold,step,path,place2,after),wrong5=file!==void 0&&"code"in file?file:void 0;if(settleAbout(fold,path,one=>!isOfHistory(
one)&&!(one.code===wrong5?.code&&one.message===wrong5.message)),wrong5!==void 0&&report(fold,wrong5),after===void 0||file===
void 0||"code"in file)return;let seconds=takeLandingTime(fold,step,place2);place2.kind==="manifest"&&twinsOf(fold).set(twinKey(
place2),path);let row=rowOf(path,after.oid,file,{commit:step.oid,seconds},source.engines);fold.rows.set(path,refusedAsBefore(
fold,row)),touched.set(path,touched.get(path)??new Set)}function refusedAsBefore(fold,row){if(row.document!=="event"||!fold.
refusals.has(row.digest))return row;let found=finding("error","event/refused",row.path,"it was refused or withdrawn befo\
re, and counts for nothing","remove it; say it again as things are now");return{...row,refused:!0,problems:[found]}}function takeLandingTime(fold,step,place2){
return place2.kind==="evidence"?timeOf(fold,step):place2.kind==="event"?0:takeTags(fold,step,`${place2.artifact}/${place2.
name}`,1,0).time}function takeTagNumbers(fold,step,artifact,count2){return count2===0?null:{...takeTags(fold,step,artifact,
count2,count2),count:count2}}function takeTags(fold,step,artifact,count2,numbered2){let last2=fold.tagClocks.get(artifact)??
{time:0,number:0},time=Math.max(timeOf(fold,step),last2.time+1);return fold.tagClocks.set(artifact,{time:time+count2-1,number:last2.
number+numbered2}),{time,number:last2.number+1}}var NAMES={manifest:"a manifest",event:"an event",evidence:"evidence"};async function readLanding({
reader,engines},fold,step,path,place2,{mode,oid}){if(mode!=="100644")return finding("error","manifest/wrong-place",path,
`${NAMES[place2.kind]} must be a plain file`);let file=await refuseUnsigned(reader,step.tree,path,place2.kind,oid,[step.
policy],engines)??await readPlaced(reader,oid,path,place2,fold.registry,engines);if("code"in file||place2.kind!=="manife\
st")return file;let other2=twinOf(fold,path,place2);return other2===void 0?file:finding("error","manifest/name-twin",path,
`the version is that of ${other2} but for capitals or build`)}var twins2=new WeakMap;function twinsOf(fold){let known2=twins2.
get(fold);if(known2!==void 0)return known2;let rows=[...fold.rows.values()].filter(row=>row.document==="manifest"),made=new Map(
rows.map(row=>[twinKey({...row,artifact:row.kind}),row.path]));return twins2.set(fold,made),made}function twinOf(fold,path,place2){
let found=twinsOf(fold).get(twinKey(place2));return found===void 0||found===path||!fold.rows.has(found)?void 0:found}function twinKey({
artifact,name,version}){return`${artifact}/${name}@${foldVersion(version)}`}function timeOf(fold,{oid,commit}){let{seconds}=commit.
committer;return seconds<=LAST_SECOND?seconds:(report(fold,finding("warning","commit/implausible-time",`commit ${oid}`,`\
the commit says it is from ${seconds}`)),0)}async function applyWaiting(source,fold,step,paths,touched){for(let path of paths){
if(fold.rows.has(path)||isReported(fold,path)&&!isReported(fold,path,"signature/missing"))continue;let entry2=await findEntry(
source.reader,step.tree,path),change2={path,place:parseRegistryPath(path),before:entry2,after:entry2};entry2!==void 0&&await applyDocument(
source,fold,step,change2,touched)}}function applyToLanded(fold,oid,change2,landed){let{path,after}=change2;if(after?.oid===
landed.blob&&after.mode==="100644")return fold.rows.set(path,{...landed,problems:landed.problems.map(found2=>settled(found2,
isAboutBytes))}),!0;let found=frozenFinding(change2,landed.document,oid);return after===void 0&&landed.effective===null&&
mayGo(landed)?(fold.rows.delete(path),landed.document==="event"&&landed.signers.length>0&&fold.withdrawn.set(path,landed.
digest),landed.problems.some(wasInEffect)&&report(fold,{...found,severity:"warning"}),!1):(addProblem(fold,landed,found),
!1)}function mayGo({problems}){return!problems.some(wasInEffect)||!problems.some(isHistoryError)}function wasInEffect({code:code2}){
return code2==="history/rewound"||REMOVED.has(code2)}function isOfHistory({code:code2}){return code2.startsWith("history\
/")}function isHistoryError(found){return found.severity==="error"&&isOfHistory(found)}function isAboutBytes({code:code2}){
return CHANGED.has(code2)||REMOVED.has(code2)}var CHANGED=new Set(Object.values(FROZEN_CODES).map(({changed})=>changed)),
REMOVED=new Set(Object.values(FROZEN_CODES).map(({removed})=>removed));function settled(found,concerns){return found.severity!==
"error"||!concerns(found)?found:{...found,severity:"warning",message:`${found.message} (put right since)`}}async function judgeTouched(source,fold,oid,tree,touched,inForce){
for(let[path,signatures]of touched)await breathe(),await judgeDocument(source,fold,oid,tree,path,signatures,inForce)}async function judgePending(source,fold,oid,tree,touched){
for(let row of[...fold.rows.values()])row.effective!==null||fold.ready.has(row.path)||(await breathe(),await judgeDocument(
source,fold,oid,tree,row.path,touched.get(row.path)??new Set,policyFor(fold,oid,fold.policy)))}async function judgeDocument(source,fold,oid,tree,path,changed,policy){
let row=fold.rows.get(path);if(row===void 0)return;let judged=await judgeRowSafely(source,fold,tree,row,policy);if("code"in
judged){addProblem(fold,row,judged);return}fold.signatures+=judged.checked;let landsHere=row.commit===oid,blamed=new Set(
row.problems.filter(found=>!isOfHistory(found)).map(({subject})=>subject)),back=await signaturesBack(source,fold,tree,row),
problems=judged.problems.filter(({subject})=>!back.has(subject)&&(landsHere||changed.has(subject)||blamed.has(subject))),
history=row.problems.filter(found=>isOfHistory(found)||found.code==="event/refused").map(found=>settled(found,({code:code2,
subject})=>code2==="history/signature-changed"&&back.has(subject))),{effective}=row,counts=judged.counts&&!history.some(
isHistoryError),lacking=effective===null&&judged.lacking!==void 0&&problems.length===0?[judged.lacking]:[],counted2=effective!==
null||fold.ready.has(path),signers=[...new Set([...counted2?row.signers:[],...judged.principals])].sort(),now={...row,signers,
problems:[...history,...problems,...lacking,...datedAhead(row)]};if(now.document==="event"){fold.rows.set(path,now);let wrong5=now.
order===null&&!now.refused?relationProblem(fold,now):void 0;wrong5!==void 0&&addProblem(fold,now,wrong5),noteReady(fold,
now,counts&&effective===null?policy:void 0)}else fold.rows.set(path,{...now,effective:effective??(counts?oid:null)})}function datedAhead(row){
if(row.document!=="evidence"||!isDatedAhead(row))return[];let message=`it is dated ${row.created}, after the commit that\
 brought it: no rule with a maximum age counts it`;return[finding("warning","evidence/dated-ahead",row.path,message,"set\
 the clock right and attest it again")]}async function judgeRowSafely(source,fold,tree,row,policy){try{return await judgeRow(
source.reader,tree,row,policy,source.engines,authorsOf(fold,row))}catch(error){if(error instanceof At1Error)return findingOf(
error,row.path);throw error}}function authorsOf(fold,row){return row.document!=="event"?new Set:new Set(versionAt(fold,manifestPath(
row.kind,row.name,row.version))?.signers)}init_errors();var POLICY_FOLDER=".at1/policy",POLICY_SIGNATURES=".at1/policy/policy.sig";function isOfPolicy(path){return path===POLICY_PATH||
path===POLICY_SIGNATURES||path.startsWith(`${POLICY_SIGNATURES}/`)}function policyProblem(error){if(error instanceof At1Error&&
error.code!=="git/object-missing")return error;throw error}async function findPolicy(reader,tree){let folder=await findEntry(
reader,tree,POLICY_FOLDER),entry2=folder&&await findEntry(reader,tree,POLICY_PATH);return folder===void 0||entry2===void 0?
void 0:{folder:folder.oid,entry:entry2}}async function policyAt(reader,tree,engines){let entry2=await findEntry(reader,tree,
POLICY_PATH);return entry2===void 0?void 0:policyOf2(reader,entry2,engines)}async function policyOf2(reader,entry2,engines){
if(entry2.mode!=="100644")throw new At1Error("policy/invalid",{message:`${POLICY_PATH} is not a plain file`});return{loaded:await loadPolicyBlob(
reader,entry2.oid,engines),blob:entry2.oid}}async function judgePolicy(reader,tree,before,registry,engines){let refuse4=found=>({
accepted:void 0,findings:[found]}),next3;try{next3=await policyAt(reader,tree,engines)}catch(error){return refuse4(findingOf(
policyProblem(error),POLICY_PATH))}if(next3===void 0)return refuse4(finding("error","history/policy-removed",POLICY_PATH,
"the policy is gone"));let{policy,bytes}=next3.loaded,chain=checkChain(next3.loaded,before,registry);if(chain!==void 0)return refuse4(
chain);let{files,problems}=await readSignatures(reader,tree,POLICY_SIGNATURES),judged=(before===void 0?[next3.loaded]:[before,
next3.loaded]).map(judge2=>({judge:judge2,...judgeSignatures(files,"at1-policy",bytes,judge2,engines)})),findings=[...problems,
...sharedProblems(judged)];for(let{judge:judge2,principals}of judged){if(decide(judge2.policy,"policy",void 0,principals).
kind==="allowed")continue;let unsigned=finding("error","policy/unsigned",POLICY_PATH,`policy ${policy.version} is not si\
gned by enough of the people ${judge2===before?"of the policy before it":"it names"}`);return{accepted:void 0,findings:[
...findings,unsigned]}}return{accepted:next3,findings}}async function isAccepted(reader,tree,before,registry,engines){let next3;
try{next3=(await policyAt(reader,tree,engines))?.loaded}catch(error){policyProblem(error)}if(next3===void 0||checkChain(
next3,before,registry)!==void 0)return!1;let{bytes}=next3,{files}=await readSignatures(reader,tree,POLICY_SIGNATURES);return[
before,next3].every(judge2=>{let own=files.filter(({name})=>judge2.keys.has(name)),{principals}=judgeSignatures(own,"at1\
-policy",bytes,judge2,engines);return decide(judge2.policy,"policy",void 0,principals).kind==="allowed"})}function sharedProblems(judged){
return judged.slice(0,1).flatMap(({problems})=>problems).filter(({subject})=>judged.every(({problems})=>problems.some(other2=>other2.
subject===subject)))}function checkChain(next3,before,registry){let{policy}=next3;if(policy.registry!==registry)return finding(
"error","manifest/other-registry",POLICY_PATH,`the policy is of registry ${policy.registry}`);if(before!==void 0){if(policy.
version<=before.policy.version)return finding("error","history/policy-rollback",POLICY_PATH,`policy version ${policy.version}\
 does not exceed ${before.policy.version}, which was in force`);if(policy.previous!==before.digest)return finding("error",
"history/policy-chain",POLICY_PATH,`policy ${policy.version} does not name the policy before it`)}}async function applyPolicy(source,fold,changes,tree,raised){let own=changes.filter(({path})=>isOfPolicy(path));if(own.length===
0&&!raised)return;let entry2=await findEntry(source.reader,tree,POLICY_PATH);if(entry2?.mode==="100644"&&entry2.oid===newestPolicy(
fold).blob){await checkSignatures(source,fold,own,tree,raised);return}let judged=await judgePolicy(source.reader,tree,fold.
policy,fold.registry,source.engines);judged.accepted!==void 0&&(settle2(fold,isAboutPolicy),acceptPolicy(fold,judged.accepted.
loaded,judged.accepted.blob));for(let found of judged.findings)report(fold,found)}function isAboutPolicy({subject}){return isOfPolicy(
subject)}async function checkSignatures(source,fold,changes,tree,raised){let{files,problems}=await readSignatures(source.
reader,tree,POLICY_SIGNATURES),judged=judgeSignatures(files,"at1-policy",fold.policy.bytes,fold.policy,source.engines),wrong5=[
...problems,...judged.problems].filter(({subject})=>changes.some(({path})=>path===subject));for(let{path,place:place2,before,
after}of changes){if(raised||before===void 0||place2.kind!=="policy-signature"||judged.principals.has(place2.principal)||
!fold.policy.keys.has(place2.principal))continue;let what=`a signature file was ${after===void 0?"removed":"changed"}`;wrong5.
push(finding("error","history/signature-changed",path,what,"signature files are only ever added: bring it back"))}let still=new Set(
[...problems,...judged.problems,...wrong5].map(({subject})=>subject));settle2(fold,found=>isAboutPolicy(found)&&!still.has(
found.subject)&&!isStillGone(found,judged.principals));for(let found of wrong5)report(fold,found)}function isStillGone({
code:code2,subject},principals){let name=subject.slice(POLICY_SIGNATURES.length+1,-4);return code2==="history/signature-\
changed"&&!principals.has(name)}init_errors();init_text();var MOST_LINKS=1e5,TOLD2=3;function linkProblems(links,find){let byCode=new Map;for(let link3 of links){let problem=linkProblem(
link3,find);if(problem===void 0)continue;let same=byCode.get(problem.code);same===void 0?byCode.set(problem.code,{message:problem.
message,count:0}):same.count++}return[...byCode].map(([code2,{message,count:count2}])=>({code:code2,message:count2===0?message:
`${message}; and ${count2} more`}))}function linkProblem(link3,find){if(link3.ref===null)return;let{ref,content}=link3,node=find(
ref);return node===void 0?{code:"lineage/unknown",message:`${told(link3)}, which is not in this registry`}:node.content===
content?void 0:{code:"lineage/other-content",message:`${told(link3)} with content ${formatDigest(content)}, and ${ref} h\
as ${formatDigest(node.content)}`}}function circular(graph){let left=new Set(graph.keys()),children=reversed(graph),ways=[
[graph,children],[children,graph]];for(let[towards,back]of ways){let open3=new Map;for(let ref of left)open3.set(ref,within(
towards,ref,left).length);let done=[...open3].filter(([,count2])=>count2===0).map(([ref])=>ref);for(let ref=done.pop();ref!==
void 0;ref=done.pop()){left.delete(ref);for(let other2 of within(back,ref,left)){let count2=(open3.get(other2)??0)-1;open3.
set(other2,count2),count2===0&&done.push(other2)}}}return left}function descendants(graph,origins){let children=reversed(
graph),found=new Map,next3=origins.map(origin=>[origin,origin]);for(let[ref,origin]of next3)for(let child of children.get(
ref)??[])found.has(child)||(found.set(child,origin),next3.push([child,origin]));return found}function parentsOf(links){return[
...new Set(links.flatMap(({ref})=>ref===null?[]:[ref]))]}function reversed(graph){let back=new Map;for(let[ref,others]of graph)
for(let other2 of others){let known2=back.get(other2);known2===void 0?back.set(other2,[ref]):known2.push(ref)}return back}
function within(graph,ref,left){return(graph.get(ref)??[]).filter(other2=>left.has(other2))}function incompleteLineage(ref,find){
let known2=new Map,look=at2=>(known2.has(at2)||known2.set(at2,find(at2)),known2.get(at2)),found=[],links=0,all=new Set([
ref]);for(let at2 of all){let node=look(at2);if(node===void 0)continue;let who=at2===ref?"it":at2;at2.startsWith("model/")&&
!node.lineage.some(isSource)&&found.push(`${who} does not say what it was made from`);for(let link3 of node.lineage){if(link3.
ref===ref)return["it comes from itself"];if(++links>MOST_LINKS)return[`it comes from more than ${MOST_LINKS} things`];if(found.
push(...doubt(who,link3,look).filter(why=>!found.includes(why))),link3.ref!==null&&all.add(link3.ref),found.length>TOLD2)
return[...found.slice(0,TOLD2),"and more"]}}return found}function isSource({relation}){return relation!=="produced-by"&&
relation!=="evaluated-on"}function doubt(who,link3,find){if(link3.ref===null)return link3.content!==null||link3.relation===
"produced-by"?[]:[`${who} ${told(link3)}, of which no digest is known`];let problem=linkProblem(link3,find);if(problem!==
void 0)return[`${who} ${problem.message}`];let node=find(link3.ref);return node?.revoked===!0?[`${who} ${told(link3)}, w\
hich was revoked`]:node?.effective===!0?[]:[`${who} ${told(link3)}, which is not in effect`]}var VERBS={"derived-from":"\
is derived from","fine-tuned-from":"is fine-tuned from","distilled-from":"is distilled from","merged-from":"is merged fr\
om","quantized-from":"is quantized from","pruned-from":"is pruned from","trained-on":"was trained on","evaluated-on":"wa\
s evaluated on","produced-by":"was produced by"};function told(link3){return`${VERBS[link3.relation]} ${link3.ref??"some\
thing elsewhere"}`}async function versionFacts({reader,engines},fold,version){let manifest=readManifest(await readSmallBlob(reader,version.
blob,MANIFEST_LIMIT),engines);return{metrics:manifest.metrics??{},license:manifest.license,paths:manifest.files.map(({path})=>path),
evidence:evidenceAbout(fold,version)}}function evidenceAbout(fold,{content}){let found=[];for(let row of fold.rows.values())
row.document!=="evidence"||row.content!==content||row.effective===null||found.push({...row,policy:placeOfPolicy(fold,row)});
return found}function placeOfPolicy({policies},{policy}){return policies.findIndex(({digest})=>digest===policy)}async function barsSince({
reader,engines},fold,policy,bars){if(bars.length===0)return[];let earlier2=[];for(let{blob,digest}of fold.policies){if(digest===
policy.digest)break;earlier2.push(new Set((await loadPolicyBlob(reader,blob,engines)).policy.bars.map(textOf)))}return bars.
map(bar=>({bound:bar.bound,since:earlier2.findLastIndex(texts=>!texts.has(textOf(bar)))+1}))}function textOf(bar){return JSON.
stringify(bar)}function nodesIn(fold,{order},soon){let revoked=new Set(soon.map(manifestPathOf));for(let row of fold.rows.
values())row.document!=="event"||row.action!=="revoke"||row.order===null||(order===null||row.order<order)&&revoked.add(manifestPathOf(
row));return ref=>{let path=`${ref.replace("@","/")}.toml`,version=versionAt(fold,path);if(version===void 0)return;let{content,
lineage,effective}=version;return{content,lineage,effective:effective!==null,revoked:revoked.has(path)}}}function manifestPathOf({
kind,name,version}){return manifestPath(kind,name,version)}async function settleEvents(source,fold,step){let left=inTurn(step,readyOnes(fold));for(;left.some(turn=>turn.length>0);){
let round=await tryInTurn(source,fold,step,left),{moved,stayed,waiting:waiting2,impossible}=round;if(impossible.length===
0&&!moved){for(let{row,found}of waiting2)addProblem(fold,row,found);return}if(!moved)for(let{row,why}of impossible)refuse3(
fold,step.oid,row,why);left=moved?stayed:stayed.map(turn=>turn.filter(({row})=>fold.waiting.has(row.path)))}}function inTurn({
oid},ready){let turnOf=({row})=>row.lane===LIFECYCLE_LANE?1:row.commit===oid?0:2;return[0,1,2].map(turn=>ready.filter(one=>turnOf(
one)===turn))}async function tryInTurn(source,fold,step,turns){let stayed=[],waiting2=[],impossible=[],revoking=turns.flat().
flatMap(({row})=>row.action==="revoke"?[row]:[]),moved=!1;for(let turn of turns){if(moved){stayed.push([...turn]);continue}
let left=[];for(let ready of turn){let verdict3=await verdictOn(source,fold,ready,revoking);if(verdict3.kind==="takes-ef\
fect"){take(fold,step,ready.row),moved=!0;continue}left.push(ready),verdict3.kind==="waits"?waiting2.push({row:ready.row,
found:verdict3.found}):impossible.push({row:ready.row,why:verdict3.why})}stayed.push(left)}return{moved,stayed,waiting:waiting2,
impossible}}function readyOnes(fold){let ready=[...fold.ready].map(([path,policy])=>({row:eventAt(fold,path),policy})).filter(
hasRow);fold.ready.clear();let folder=({row:{path}})=>path.slice(0,path.lastIndexOf("/"));return ready.sort((a,b)=>compareText(
folder(a),folder(b))||a.row.seq-b.row.seq)}function hasRow(one){return one.row!==void 0}async function verdictOn(source,fold,{
row,policy},soon){let wrong5=relationProblem(fold,row);if(wrong5!==void 0)return{kind:"waits",found:wrong5};let before=neighbourOf(
fold,row,-1);if(before!==void 0&&before.order===null&&!before.refused&&!isForged(before))return waits("note","artifact/p\
ending",row,`it waits for event ${before.seq} of its lane`);let version=versionAt(fold,manifestPath(row.kind,row.name,row.
version));if(version.effective===null)return waits("note","artifact/pending",row,waitsForVersion(row));if(version.problems.
some(isHistoryError))return waits("error","event/other-version",row,`version ${row.version} is not as it landed`);let after=neighbourOf(
fold,row,1);if(after!==void 0&&after.order!==null)return{kind:"impossible",why:`event ${after.seq} of its lane took effe\
ct before it`};let lanes=lanesOf(fold,row),unmet=await unmetBy(source,fold,row,policy,soon);if(unmet!==void 0)return waits(
"note","event/conditions",row,unmet);let why=whyNot(lanes,row,fold.machine);return why===void 0?{kind:"takes-effect"}:comesFromPending(
fold,row)?waits("note","artifact/pending",row,`${why}, and waits for the event that brings it there`):{kind:"impossible",
why}}function isForged({problems,signers}){return signers.length===0&&problems.some(({code:code2})=>code2==="signature/r\
evoked-key")}function waitsForVersion({version}){return`it waits for version ${version} to take effect`}function waits(severity,code2,row,message){
return{kind:"waits",found:finding(severity,code2,row.path,message)}}function comesFromPending(fold,row){for(let path of fold.
waiting){let other2=eventAt(fold,path);if(!(other2===void 0||other2===row||other2.lane!==row.from||other2.version!==row.
version)&&other2.kind===row.kind&&other2.name===row.name)return!0}return!1}async function unmetBy(source,fold,row,policy,soon=[]){
let version=versionAt(fold,manifestPath(row.kind,row.name,row.version)),rule=ruleFor(policy.policy,actionOf(row),row);if(rule===
void 0||version===void 0)return;let bars=row.action==="promote"?barsFor(policy.policy,row,row.lane):[];if(![rule.evidence,
rule.metrics,rule.regressions,rule.licenses,bars].some(list2=>list2.length>0)&&!rule.refusesPickle&&!rule.completeLineage)
return;let held2=holderOf(lanesBefore(fold,row),row.lane)?.version,holder=held2===void 0||held2===row.version?void 0:versionAt(
fold,manifestPath(row.kind,row.name,held2)),facts={artifact:row,version:await versionFacts(source,fold,version),holder:holder===
void 0?void 0:{...await versionFacts(source,fold,holder),name:holder.version},bars:await barsSince(source,fold,policy,bars),
incompleteLineage:rule.completeLineage?lacksOf(fold,row,soon):[],created:row.created},unmet=unmetConditions(policy.policy,
rule,facts);return unmet.length===0?void 0:unmet.join("; ")}function lacksOf(fold,row,soon){return incompleteLineage(`${artifactOf(
row)}@${row.version}`,nodesIn(fold,row,soon))}function take(fold,step,row){let displaced=isStageAction(row.action)?fold.
machine.stages.get(row.lane)?.displaced??null:null,taken={...row,displaced,order:fold.orders,effective:step.oid},lanes=lanesOf(
fold,row),withdrawnBefore=lanes.withdrawn.get(row.version)?.state,count2=eventTags(taken,takeEffect(lanes,taken),withdrawnBefore).
length;fold.orders++;let tags=takeTagNumbers(fold,step,artifactOf(row),count2),before=fold.numbered.get(row.path);fold.rows.
set(row.path,{...taken,tags:tags!==null&&before?.count===count2?before:tags}),fold.waiting.delete(row.path)}function refuse3(fold,oid,row,why){
fold.waiting.delete(row.path),fold.refusals.add(row.digest),addProblem(fold,{...row,refused:!0},refusal(row,why,oid))}function refusal({
path},why,oid){return finding("error","event/refused",path,`it could not take effect in commit ${oid.slice(0,12)}: ${why}`,
"it counts for nothing and may be removed; say it again as things are now")}function artifactOf({kind,name}){return`${kind}\
/${name}`}var known=new WeakMap;function lanesOf(fold,artifact){let all=known.get(fold)??lanesSoFar(fold);return known.set(
fold,all),lanesIn2(all,artifactOf(artifact))}function lanesSoFar(fold){let all=new Map;for(let row of effectiveEvents2(fold))
takeEffect(lanesIn2(all,artifactOf(row)),row);return all}function lanesIn2(all,key){let lanes=all.get(key)??noEvents();return all.
set(key,lanes),lanes}function lanesBefore(fold,row){let{order}=row;if(order===null)return lanesOf(fold,row);let lanes=noEvents();
for(let other2 of effectiveEvents2(fold,artifactOf(row)))other2.order<order&&takeEffect(lanes,other2);return lanes}function effectiveEvents2(fold,key){
let events=[];for(let row of fold.rows.values())row.document!=="event"||row.order===null||(key===void 0||artifactOf(row)===
key)&&events.push({...row,order:row.order});return events.sort((a,b)=>a.order-b.order)}function replayEvents(fold,artifact,found){
let key=artifactOf(artifact),lanes=noEvents();for(let row of effectiveEvents2(fold,key))isStageAction(row.action)&&stageOf(
lanes,row.version,fold.machine.initial)!==row.from?withoutEffect(fold,row,[found(row)]):takeEffect(lanes,row);known.get(
fold)?.set(key,lanes)}function withoutEffect(fold,row,problems){fold.rows.set(row.path,{...row,effective:null,order:null,
displaced:null,tags:null,problems:[...row.problems,...problems]}),fold.waiting.add(row.path)}async function judgeAgain(source,fold,arrivals,{oid,tree,before,accepted,leftOut}){if(arrivals.length===0)return;let policies=[];
for(let{blob}of fold.policies)policies.push(await loadPolicyBlob(source.reader,blob,source.engines));let introduced=[],judged=new Map;
for(let arrival of arrivals){let index=await acceptedIn(source,fold,policies,judged,arrival.tree),known2=[];for(let parent of arrival.
parentTrees)known2.push(await acceptedIn(source,fold,policies,judged,parent));index>0&&known2.every(other2=>other2<index)&&
introduced.push({tree:arrival.tree,index})}if(introduced.length===0)return;let raised=policies.length>accepted&&policies.
every((_,i2)=>i2<accepted||has(introduced,i2));for(let row of foundationsFirst(fold)){let lands=row.commit===oid&&raised;
if(row.effective===null&&!lands)continue;let since=row.effective===null?accepted-1:0,from=leftOut.get(row.path),trees=from===
void 0?[tree,...before===void 0?[]:[before]]:[from],refused=versionLost(fold,row)??await refusedBy(source,fold,row,trees,
policies,introduced,since);row.effective===null&&refused===void 0&&(from!==void 0||!row.problems.some(isHistoryError))&&
await letIn(source,fold,row,oid,trees[0],policies.slice(since)),row.effective!==null&&refused!==void 0&&takeBack(fold,row,
refused,oid)}}function foundationsFirst(fold){let rows=[...fold.rows.values()];return[...rows.filter(({document})=>document!==
"event"),...rows.filter(({document})=>document==="event")]}function versionLost(fold,row){if(row.document!=="event"||row.
effective===null||versionAt(fold,manifestPath(row.kind,row.name,row.version))?.effective!==null)return;let lacking=finding(
"note","artifact/pending",row.path,waitsForVersion(row));return{principals:new Set(row.signers),counts:!1,problems:[],lacking,
checked:0}}function has(introduced,policy){return introduced.some(({index})=>index===policy)}async function refusedBy(source,fold,row,trees,policies,introduced,since){
let allowed=new Set;for(let{tree:there,index}of introduced){if(allowed.has(index)||await wasKnown(source,fold,row,there,
trees[0],policies.slice(since,index)))continue;let judged=[];for(let tree of trees.toReversed())for(let policy of policies.
slice(index))judged.push(await judgeReadable(source,fold,tree,row,policy));if(!judged.some(({counts})=>counts))return judged.
at(-1);allowed.add(index)}}async function letIn(source,fold,row,oid,tree,policies){let history=row.problems.filter(isOfHistory);
for(let policy of policies.map(one=>policyFor(fold,oid,one))){let judged=await judgeReadable(source,fold,tree,row,policy);
if(!judged.counts)continue;let known2={...row,signers:[...judged.principals].sort(),problems:[...history,...judged.problems,
...datedAhead(row)]};fold.rows.set(row.path,known2.document==="event"?known2:{...known2,effective:oid}),known2.document===
"event"&&noteReady(fold,known2,policy);return}}async function judgeReadable(source,fold,tree,row,policy){let judged=await judgeRowSafely(
source,fold,tree,row,policy);if(!("code"in judged)){let unmet=judged.counts&&row.document==="event"?await unmetBy(source,
fold,row,policy):void 0;return unmet===void 0?judged:{...judged,counts:!1,lacking:finding("note","event/conditions",row.
path,unmet)}}return{principals:new Set,counts:!1,problems:[judged],lacking:void 0,checked:0}}function takeBack(fold,row,{
principals,problems,lacking},oid){let signers=[...principals].sort(),told2=[rewound(row,oid),...problems,...lacking===void 0||
problems.length>0?[]:[lacking]];if(row.document==="event"){withoutEffect(fold,{...row,signers},told2),replayEvents(fold,
row,other2=>rewound(other2,oid));return}fold.rows.set(row.path,{...row,effective:null,signers,problems:[...row.problems,
...told2]})}function rewound({path,document},oid){return finding("warning","history/rewound",path,`this ${document==="ma\
nifest"?"version":document} was in effect until commit ${oid.slice(0,12)} merged a policy that does not allow it`,document===
"manifest"?"somebody put it before that policy; if it is good, whoever may register it can sign it: at1 register it agai\
n":"somebody put it before that policy; if it is good, whoever may can sign it")}async function acceptedIn(source,fold,policies,known2,tree){
let{reader,engines}=source;try{let found=await findPolicy(reader,tree);if(found===void 0)return-1;let told2=known2.get(found.
folder);if(told2!==void 0)return told2;let index=fold.policies.findIndex(({blob})=>blob===found.entry.oid),before=policies[index-
1],accepted=before===void 0||await isAccepted(reader,tree,before,fold.registry,engines)?index:-1;return known2.set(found.
folder,accepted),accepted}catch(error){return policyProblem(error),-1}}async function wasKnown(source,fold,row,there,here,policies){
let{reader,engines}=source;try{if((await findEntry(reader,there,row.path))?.oid!==row.blob)return!1;let folder=signatureFolder(
row.path),signatures=(await findEntry(reader,there,folder))?.oid,intact=!row.problems.some(isOfHistory);if(row.effective!==
null&&intact&&signatures!==void 0&&signatures===(await findEntry(reader,here,folder))?.oid)return!0;let authors=authorsOf(
fold,row);for(let policy of policies)if((await judgeRow(reader,there,row,policy,engines,authors)).counts)return!0;return!1}catch(error){
if(error instanceof At1Error)return!1;throw error}}init_text();async function judgeConfigChange(commit,policy,engines){let signer=await signerOf(commit,policy,engines);return decide(policy.
policy,"configure",void 0,new Set(signer===void 0?[]:[signer])).kind==="allowed"?void 0:finding("warning","policy/denied",
CONFIG_PATH,`${signer===void 0?"a commit that nobody of the policy signed":signer} changed at1.toml, and the policy give\
s no right to configure`,"see whether the branch it names is the one of the registry")}async function signerOf({signature,
payload},policy,engines){if(signature?.kind!=="ssh")return;let check=await verifyMessageAside(signature.armor,"git",payload,
engines);return check.kind==="bad"?void 0:policy.owners.get(toHex(check.publicKey))}init_text();var DROPPED="history/revocation-dropped";async function tellLeftPolicies(source,fold,merge,candidates){if(candidates.size===
0)return;let ours=new Map(fold.policies.map(point=>[point.digest,{...point,counts:!0}])),oldestFirst=[...candidates.values()].
sort((a,b)=>a.loaded.policy.version-b.loaded.policy.version);for(let candidate of oldestFirst){let{blob,loaded:loaded3}=candidate,
{previous,version}=loaded3.policy,known2=ours.get(loaded3.digest)??fold.leftPolicies.get(loaded3.digest),base=previous&&
(ours.get(previous)??fold.leftPolicies.get(previous));if(base===void 0||known2?.counts===!0)continue;let before=await loadPolicyBlob(
source.reader,base.blob,source.engines);if(!await isAnyAccepted(source,fold,candidate,before))continue;let counts=base.counts&&
await isAnyAccepted(source,fold,candidate,policyFor(fold,merge,before));if(known2?.counts===counts)continue;let left={blob,
digest:loaded3.digest,version,counts};fold.leftPolicies.set(left.digest,left),tellLeft(fold,merge,left,before),counts&&tellDropped(
source,fold,merge,left,loaded3)}}async function isAnyAccepted({reader,engines},{registry},{trees},before){for(let tree of trees.
values())if(await isAccepted(reader,tree,before,registry,engines))return!0;return!1}function nameOf2({version,digest}){return`\
policy ${version} (${formatDigest(digest)})`}function tellLeft(fold,merge,left,{policy}){let revoked=left.counts?"":"; a\
 key it rests on was revoked";report(fold,finding("warning","history/policy-forked",POLICY_PATH,`commit ${merge.slice(0,
12)} leaves ${nameOf2(left)} behind, which was signed to follow policy ${policy.version}${revoked}`,"a draft may be left\
 so; if it was in force anywhere, there are two lines of policies: ask the owners which is theirs"))}function tellDropped(source,fold,merge,left,{
policy}){let commit=`commit ${merge.slice(0,12)}`;for(let{raw}of policy.revoked.map(({key})=>parsePublicKey(key)))fold.policy.
revoked.has(toHex(raw))||report(fold,finding("error",DROPPED,`key ${keyIdOf(raw,source.engines)}`,`${nameOf2(left)}, whi\
ch ${commit} leaves behind, revoked this key, and the policy in force does not`,`revoke it, too: at1 policy revoke '${formatPublicKey(
makePublicKey(raw))}' --cutoff COMMIT --reason TEXT; or, with a cutoff before that merge, the key that signed that polic\
y and should not have`))}async function settleDropped({reader,engines},fold,accepted){let revoked=new Set;for(let{blob}of accepted){
let{policy}=await loadPolicyBlob(reader,blob,engines);for(let{key}of policy.revoked)revoked.add(`key ${keyIdOf(parsePublicKey(
key).raw,engines)}`)}settle2(fold,({code:code2,subject})=>code2===DROPPED&&revoked.has(subject))}init_errors();init_oid();var UNREADABLE=["git/invalid-object","document/too-large"];async function sideChanges(source,arrivals,held2){let drops=new Map,
brought=[],isHidden=!1,policies=[],problems=[],note=drop=>{let{change:change2,parentTree}=drop;drops.set(`${change2.path}\
 ${change2.before?.oid} ${parentTree}`,drop)};for(let{oid,step,tree:root,parents}of arrivals){let tell=error=>problems.push(
findingOf(error,`commit ${oid}`,"warning")),tree=await readable(()=>registryTree(source.reader,root,source.prefix),tell),
parentTrees=[],ownPolicy=!0;for(let parent of parents){let theirs=await readable(()=>registryTreeAt(source,parent),tell);
if(theirs===void 0)continue;parentTrees.push(theirs);let changes=await readable(()=>changesOf(source,theirs,tree),tell);
changes?.some(({path})=>isOfPolicy(path))===!1&&(ownPolicy=!1);let gone2=changes??await lostBy(source,theirs,held2);gone2===
void 0&&(isHidden=!0);for(let change2 of gone2??[])change2.before!==void 0&&note({change:change2,parentTree:theirs});if(tree!==
void 0)for(let change2 of changes??[])change2.after!==void 0&&brought.push({change:{...change2,before:change2.after},parentTree:tree})}
tree!==void 0&&ownPolicy&&!step&&policies.push({tree,parentTrees})}if(isHidden)for(let drop of brought)note(drop);return{
drops:[...drops.values()],policies,problems}}async function changesOf(source,before,after){let changes=[];for await(let change2 of registryChanges(
source.reader,before,after))changes.push(change2);return changes}async function lostBy(source,before,held2){return await readable(
()=>changesOf(source,before,held2))??await readable(()=>changesOf(source,before,void 0))}async function readable(read4,tell=()=>{}){
try{return await read4()}catch(error){if(!(error instanceof At1Error&&UNREADABLE.includes(error.code))||isDamage(error))
throw error;tell(error);return}}async function otherParents(source,commit){let others=[];for(let parent of commit.parents.slice(1)){let tree=await readable(
()=>registryTreeAt(source,parent));tree!==void 0&&others.push({commit:parent,tree})}return others}async function checkDrops(source,fold,step,drops){
let merge={source,fold,step,leftOut:new Map};for(let{change:change2,parentTree}of drops){let after=await readable(()=>findEntry(
source.reader,step.tree,change2.path));if(after?.oid===change2.before?.oid&&after?.mode===change2.before?.mode)continue;
let drop={change:{...change2,after},parentTree},document=documentOfSignature(change2);document!==void 0&&await checkSignatureDrop(
merge,document,drop),await checkDocumentDrop(merge,drop)}return merge.leftOut}async function checkSignatureDrop(merge,document,{
change:change2,parentTree}){let{source,fold}=merge,before=await readable(()=>findEntry(source.reader,parentTree,document));
if(before===void 0)return;if(before.oid===fold.rows.get(document)?.blob){await checkSignatureKept(source,fold,document,change2);
return}let signed2={path:document,place:parseRegistryPath(document),before,after:void 0};await checkDocumentDrop(merge,{
change:signed2,parentTree})}async function checkDocumentDrop(merge,{change:change2,parentTree}){let{source,fold,step}=merge,
{before,path,place:place2}=change2;if(before===void 0||!isDocumentPlace(place2))return;let row=fold.rows.get(path);if(row?.
blob===before.oid)return;let found=otherBytes(path,place2,step.oid);row?.problems.some(({message})=>message===found.message)||
await countedOnce(source,fold,parentTree,before,path,place2)&&(row===void 0?await keepDropped(merge,path,place2,before,parentTree):
addProblem(fold,row,found))}function otherBytes(path,{kind},oid){let commit=`commit ${oid.slice(0,12)}`;return kind==="m\
anifest"?finding("error","history/manifest-changed",path,`${commit} leaves out another manifest of this version, which h\
ad counted`,"two branches registered the same version: register what was left out as a new one"):finding("error",FROZEN_CODES[kind].
changed,path,`${commit} leaves out another ${kind} of this name, which had counted`,"two branches wrote it: say what was\
 left out once more, as things are now")}function isNeeded(fold,event){return event.action==="revoke"&&lanesOf(fold,event).
withdrawn.get(event.version)?.state!=="revoked"}async function keepDropped(merge,path,place2,before,parentTree){let{source,
fold,step}=merge,{reader,engines}=source,found=frozenFinding({path,place:place2,before,after:void 0},place2.kind,step.oid),
file=await readPlaced(reader,before.oid,path,place2,fold.registry,engines);if("code"in file){report(fold,found);return}let landed={
commit:step.oid,seconds:takeLandingTime(fold,step,place2)},landing=rowOf(path,before.oid,file,landed,engines);if(landing.
document==="event"&&fold.refusals.has(landing.digest)&&!isNeeded(fold,landing))return;let row={...landing,problems:[found]},
judged=await judgeRowSafely(source,fold,parentTree,row,step.policy),counts=!("code"in judged)&&judged.counts,known2=counts?
{...row,signers:[...judged.principals].sort()}:row;fold.rows.set(path,known2.document==="event"||!counts?known2:{...known2,
effective:step.oid}),known2.document==="event"&&noteReady(fold,known2,counts?step.policy:void 0),merge.leftOut.set(path,
parentTree);let signed2=await readable(()=>readSignatures(reader,parentTree,signatureFolder(path)));for(let file2 of signed2?.
files??[]){let signature={path:file2.path,place:parseRegistryPath(file2.path)},there=await findEntry(reader,parentTree,file2.
path),after=await readable(()=>findEntry(reader,step.tree,file2.path));await checkSignatureKept(source,fold,path,{...signature,
before:there,after})}}async function policiesOfSides(source,fold,others,arrivals){let candidates=new Map;for(let{commit,tree}of others)await addCandidate(
source,fold,candidates,tree,commit);for(let{tree}of arrivals)await addCandidate(source,fold,candidates,tree);return candidates}
async function raisePolicy(source,fold,candidates){let before=fold.policy,all=[...candidates.values()],highestFirst=all.
toSorted((a,b)=>b.loaded.policy.version-a.loaded.policy.version);for(let top of[...all.filter(({isTop})=>isTop),...highestFirst])
top.loaded.policy.version>fold.policy.policy.version&&await climb(source,fold,candidates,top);return fold.policy!==before}
async function addCandidate(source,fold,candidates,tree,parent){try{let there=await findPolicy(source.reader,tree);if(there===
void 0||fold.policies.some(({blob})=>blob===there.entry.oid))return;let found=await policyOf2(source.reader,there.entry,
source.engines),{digest}=found.loaded,candidate=candidates.get(digest)??{...found,isTop:parent!==void 0,trees:new Map};candidate.
trees.has(there.folder)||candidate.trees.set(there.folder,tree),candidates.set(digest,candidate)}catch(error){let problem=policyProblem(
error);parent!==void 0&&report(fold,findingOf(problem,`parent ${parent}`,"warning"))}}async function climb(source,fold,candidates,top){
let chain=[];for(let at2=top;;){chain.unshift(at2);let{previous}=at2.loaded.policy;if(previous===fold.policy.digest)break;
let next3=candidates.get(previous);if(next3===void 0)return;at2=next3}for(let candidate of chain)if(!await acceptAny(source,
fold,candidate))return}async function acceptAny(source,fold,{trees}){let{reader,engines}=source;for(let tree of trees.values()){
let judged=await isAccepted(reader,tree,fold.policy,fold.registry,engines)?await judgePolicy(reader,tree,fold.policy,fold.
registry,engines):void 0;if(judged?.accepted!==void 0){acceptPolicy(fold,judged.accepted.loaded,judged.accepted.blob);for(let found of judged.
findings)report(fold,found);return!0}}return!1}var STRAYS=1001;async function stepChanges(reader,fold,before,after){let judged=[],strays=[],any=!1;for await(let change2 of registryChanges(
reader,before,after)){any=!0;let{place:place2,path}=change2;isStray(change2)&&(strays.length<STRAYS||isReported(fold,path))&&
strays.push(change2),(place2.kind!=="other"||path.startsWith(".at1/")||documentOfSignature(change2)!==void 0)&&judged.push(
change2)}for(let{path,after:entry2}of judged)entry2!==void 0&&await findEntry(reader,after,path);for(let path of[POLICY_PATH,
CONFIG_PATH])await findEntry(reader,after,path);return{judged,strays,any}}function isStray({place:place2,path}){return place2.
kind==="other"&&place2.owned&&!path.startsWith(".at1/")&&path.endsWith(".toml")}async function reportStrays(fold,strays){
for(let{path,after}of strays)await breathe(),settleAbout(fold,path,({code:code2})=>code2==="manifest/wrong-place"),after!==
void 0&&report(fold,finding("error","manifest/wrong-place",path,"no version can be called like this file"))}async function beginFold(source,oid,tree,complete,{revocations,asThen}){let{reader,engines}=source,config=await configAt(
source,tree),judged=await judgePolicy(reader,tree,void 0,config.id,engines);if(judged.accepted===void 0){let[first]=judged.
findings;throw new At1Error(first.code,{message:`the registry's first policy cannot be accepted: ${first.message}`,hint:"\
nothing in this registry can be trusted; ask its owner for the root digest and a good clone",facts:{commit:oid}})}let{loaded:loaded3,
blob}=judged.accepted;return{registry:config.id,branch:config.branch,root:{commit:oid,policy:loaded3.digest,complete},policy:loaded3,
policies:[{blob,digest:loaded3.digest,version:loaded3.policy.version}],leftPolicies:new Map,revocations,numbered:new Map(
[...asThen?.events??[]].map(([path,{tags}])=>[path,tags])),stages:config.stages??null,machine:stageMachine(config.stages),
rows:new Map,tagClocks:new Map([...asThen?.tagClocks??[]].map(([name,{number}])=>[name,{time:0,number}])),orders:0,waiting:new Set,
ready:new Map,refusals:new Set,withdrawn:new Map,findings:[...judged.findings],signatures:0}}async function configAt(source,tree){
let entry2=await findEntry(source.reader,tree,CONFIG_PATH);if(entry2===void 0)throw new At1Error("history/registry-chang\
ed",{message:"at1.toml is gone"});if(entry2.mode!=="100644")throw new At1Error("registry/not-found",{message:"at1.toml i\
s not a plain file"});return readConfig(await readSmallBlob(source.reader,entry2.oid,CONFIG_LIMIT))}async function judgeStep(source,fold,oid,commit,{
before,tree,arrivals,changes:found}){let{judged:changes,strays,any}=found;if(!any&&arrivals.length===0)return!1;let sides=await sideChanges(
source,arrivals,tree);for(let found2 of sides.problems)report(fold,found2);let others=await otherParents(source,commit),
accepted=fold.policies.length,candidates=await policiesOfSides(source,fold,others,sides.policies),raised=await raisePolicy(
source,fold,candidates),inForce=policyFor(fold,oid,fold.policy);(before!==void 0||raised)&&await applyPolicy(source,fold,
changes,tree,raised),fold.policies.length>accepted&&await settleDropped(source,fold,fold.policies.slice(accepted)),await tellLeftPolicies(
source,fold,oid,candidates);let step={oid,commit,tree,policy:inForce},touched=new Map;await reportStrays(fold,strays);for(let change2 of changes)
await breathe(),change2.place.kind==="config"&&before!==void 0?await checkConfig(source,fold,step):await applyDocument(source,
fold,step,change2,touched);for(let change2 of changes)await checkSignature(source,fold,oid,change2,touched);let leftOut=await checkDrops(
source,fold,step,sides.drops);if(closeWithdrawn(fold),await applyWaiting(source,fold,step,touched.keys(),touched),touchWaiting(
fold,changes,touched),await judgeTouched(source,fold,oid,tree,touched,inForce),await settleEvents(source,fold,step),await judgeAgain(
source,fold,sides.policies,{oid,tree,before,accepted,leftOut}),fold.policies.length>accepted){let waiting2=fold.findings.
filter(({code:code2})=>code2==="signature/missing").map(({subject})=>subject);await applyWaiting(source,fold,{...step,policy:policyFor(
fold,oid,fold.policy)},waiting2,new Map),await judgePending(source,fold,oid,tree,touched)}return await settleEvents(source,
fold,step),await excuseLate(source,fold,tree,touched.keys()),any||raised}function touchWaiting(fold,changes,touched){if(fold.
waiting.size===0)return;let about=new Set(changes.map(({place:place2})=>subjectOf2(place2))),anyDocument=changes.some(({
place:place2})=>subjectOf2(place2)!==void 0);for(let path of fold.waiting){let row=fold.rows.get(path);row?.document!=="\
event"?fold.waiting.delete(path):(about.has(`${row.kind}/${row.name}`)||about.has(row.content)||anyDocument&&asksLineage(
fold,row))&&touched.set(path,touched.get(path)??new Set)}}function asksLineage({policy},row){return ruleFor(policy.policy,
actionOf(row),row)?.completeLineage===!0}function subjectOf2(place2){switch(place2.kind){case"manifest":case"event":return`${place2.
artifact}/${place2.name}`;case"evidence":return place2.content;case"signature":case"event-signature":case"evidence-signa\
ture":return subjectOf2(place2.of);default:return}}async function checkSignature(source,fold,oid,change2,touched){let document=documentOfSignature(
change2);if(document===void 0)return;let paths=touched.get(document)??new Set,depth=document.split("/").length+1;paths.add(
change2.path.split("/").slice(0,depth).join("/")),touched.set(document,paths),fold.rows.get(document)?.commit!==oid&&await checkSignatureKept(
source,fold,document,change2)}async function checkConfig(source,fold,{tree,commit,policy}){try{let config=await configAt(
source,tree);if(config.id===fold.registry){settleAbout(fold,CONFIG_PATH),fold.branch=config.branch,fold.stages=config.stages??
null,fold.machine=stageMachine(config.stages);let denied2=await judgeConfigChange(commit,policy,source.engines);denied2!==
void 0&&report(fold,denied2);return}report(fold,finding("error","history/registry-changed",CONFIG_PATH,`the registry's i\
d became ${config.id}`))}catch(error){if(!(error instanceof At1Error))throw error;report(fold,findingOf(error,CONFIG_PATH))}}async function readMainline(reader,tip,options){let commits=[],end2="root",next3=tip;for(;next3!==void 0;){if(next3===options.
until){end2="until";break}commits.push(next3);let commit=await readLinks(reader,next3);if(options.shallow.has(next3)){end2=
"shallow";break}next3=commit.parents[0]}return{commits:commits.reverse(),end:end2}}async function foldHistory(source,tip,options={}){let from=options.from?.revoked.length===0?options.from:void 0,touched=[],
onTouched=oid=>touched.push(oid),asThen=await foldWith(source,tip,{from,onTouched,onStep:options.onStep}),revoked=revokedBy(
asThen.policy),folded=asThen;revoked.length>0&&(touched=[],folded=await foldWith(source,tip,{onTouched},{revoked,asThen:asThen.
state}),folded={...folded,state:{...folded.state,formerTags:formerTags(source,asThen.state,folded.state)}});for(let oid of touched)
options.onTouched?.(oid);return folded}function formerTags({prefix},asThen,now){let due=expectedTags(now,prefix);return[
...expectedTags(asThen,prefix).keys()].filter(name=>!due.has(name)).sort(compareText)}async function foldWith(source,tip,options,knowing){
let hindsight={revocations:await openRevocations(source,knowing?.revoked??[]),asThen:knowing?.asThen},mainline=await readMainline(
source.reader,tip,{shallow:source.shallow,until:options.from?.head}),resumed=mainline.end==="until"?options.from:void 0,
before=resumed===void 0?void 0:await readable(()=>registryTreeAt(source,resumed.head));if(resumed!==void 0&&(before===void 0||
resumed.headRefused))return foldWith(source,tip,{...options,from:void 0},knowing);let fold=resumed===void 0?void 0:await resume(
source,resumed),ancestry=new Ancestry(source,resumed===void 0),elsewhere=new Elsewhere(source),arrivals=[],refused=[];for(let[
index,oid]of mainline.commits.entries()){let links=await readLinks(source.reader,oid),arrived=await ancestry.enter(oid,links);
for(let side of arrived)side.step||await elsewhere.look(side.oid,side.tree,fold?.registry);arrivals.push(...arrived);let tree=await readable(
()=>registryTree(source.reader,links.tree,source.prefix));if(fold===void 0){if(tree===void 0||!await beginsRegistry(source,
tree)){await elsewhere.look(oid,links.tree,void 0);continue}let shallowStart=index===0&&mainline.end==="shallow";fold=await beginFold(
source,oid,tree,!shallowStart,hindsight),before=void 0}let other2=elsewhere.take(fold.registry);other2!==void 0&&report(
fold,other2);let opened=await openStep(source,fold,oid,before);if("code"in opened){report(fold,opened),refused.push(opened.
subject);continue}for(let subject of refused.splice(0))settleAbout(fold,subject,isRefusal);let{commit,step}=opened;await judgeStep(
source,fold,oid,commit,{...step,arrivals})&&(options.onTouched?.(oid),options.onStep?.(oid,tookEffectIn(fold,oid,step))),
before=step.tree,arrivals=[]}if(fold===void 0)throw new At1Error("registry/not-found",{message:"no commit of this histor\
y holds a registry",hint:"run at1 init, or check --at"});return ancestry.isCut&&(fold.root.complete=!1),{state:freeze(fold,
tip,refused.length>0),policy:fold.policy,commits:mainline.commits.length,signatures:fold.signatures}}function tookEffectIn(fold,oid,{
changes}){return changes.judged.map(({path})=>versionAt(fold,path)).filter(row=>row?.effective===oid).filter(row=>row!==
void 0)}async function beginsRegistry({reader},tree){return await readable(()=>findEntry(reader,tree,CONFIG_PATH))!==void 0}
async function openStep(source,fold,oid,before){let subject=`${REFUSED}${oid}`;try{let commit=await readCommit(source.reader,
oid),tree=await registryTree(source.reader,commit.tree,source.prefix);return tree===void 0?finding("error","history/regi\
stry-changed",subject,"the commit removes the whole registry"):{commit,step:{before,tree,changes:await stepChanges(source.
reader,fold,before,tree)}}}catch(error){if(error instanceof At1Error&&UNREADABLE.includes(error.code)&&!isDamage(error))
return findingOf(error,subject);throw error}}var REFUSED="commit ";function isRefusal({code:code2,subject}){return(code2===
"history/registry-changed"||UNREADABLE.includes(code2))&&subject.startsWith(REFUSED)}async function resume(source,state){
let policy=await loadPolicyBlob(source.reader,state.policy.blob,source.engines),rows=new Map([...state.versions,...state.
events,...state.evidence]),waiting2=[...state.events.values()].filter(({order,refused})=>order===null&&!refused);return{
registry:state.registry,branch:state.branch,root:{...state.root},policy,policies:[...state.policies],leftPolicies:new Map(
state.leftPolicies.map(left=>[left.digest,left])),revocations:[],numbered:new Map,stages:state.stages,machine:stageMachine(
state.stages??void 0),rows,tagClocks:new Map(state.tagClocks),orders:state.orders,waiting:new Set(waiting2.map(({path})=>path)),
ready:new Map,refusals:new Set(state.refusals),withdrawn:new Map,findings:[...state.findings],signatures:0}}function freeze(fold,head,headRefused){
let rows=[...fold.rows.values()].sort((a,b)=>compareText(a.path,b.path)),byPath=those=>new Map(those.map(row=>[row.path,
row]));return{head,headRefused,registry:fold.registry,branch:fold.branch,root:fold.root,policy:newestPolicy(fold),policies:fold.
policies,leftPolicies:[...fold.leftPolicies.values()],revoked:fold.revocations.map(({key,cutoff})=>({key,cutoff})),formerTags:[],
stages:fold.stages,versions:byPath(rows.filter(row=>row.document==="manifest")),events:byPath(rows.filter(row=>row.document===
"event")),evidence:byPath(rows.filter(row=>row.document==="evidence")),tagClocks:new Map([...fold.tagClocks].sort(([a],[
b])=>compareText(a,b))),orders:fold.orders,refusals:[...fold.refusals],findings:toldFindings(fold)}}import{join as join10,relative as relative2,resolve as resolve4,sep as sep2}from"node:path";init_errors();init_node_fs();init_refs();init_repository();init_oid();init_text();init_writer();import{createPublicKey,verify}from"node:crypto";init_text();var P=2n**255n-19n,L=2n**252n+27742317777372353535851937790883648493n,D=modulo(-121665n*power(121666n,P-2n)),
SQRT_MINUS_ONE=power(2n,(P-1n)/4n),IDENTITY={x:0n,y:1n,z:1n,t:0n};function isStrongPublicKey(bytes){if(bytes.length!==32)
return!1;let point=decode(bytes);return point!==void 0&&!isIdentity(point)&&isIdentity(multiply(point,L))}function isScalar2(bytes){
return littleEndian(bytes)<L}function decode(bytes){let encoded=littleEndian(bytes),wantsOdd=encoded>>255n===1n,y=encoded&
(1n<<255n)-1n;if(y>=P)return;let u=modulo(y*y-1n),v=modulo(D*y*y+1n),x2=squareRootOfRatio(u,v);if(x2===void 0||x2===0n&&
wantsOdd)return;let signed2=(x2&1n)===1n===wantsOdd?x2:P-x2;return{x:signed2,y,z:1n,t:modulo(signed2*y)}}function squareRootOfRatio(u,v){
let v3=modulo(v*v*v),v7=modulo(v3*v3*v),candidate=modulo(u*v3*power(modulo(u*v7),(P-5n)/8n)),check=modulo(v*candidate*candidate);
if(check===u)return candidate;if(check===modulo(-u))return modulo(candidate*SQRT_MINUS_ONE)}function add2(p,q){let a=modulo(
(p.y-p.x)*(q.y-q.x)),b=modulo((p.y+p.x)*(q.y+q.x)),c=modulo(2n*D*p.t*q.t),d=modulo(2n*p.z*q.z),[e,f,g,h]=[b-a,d-c,d+c,b+
a];return{x:modulo(e*f),y:modulo(g*h),z:modulo(f*g),t:modulo(e*h)}}function multiply(point,scalar){let sum=IDENTITY,doubled=point;
for(let rest=scalar;rest>0n;rest>>=1n)rest&1n&&(sum=add2(sum,doubled)),doubled=add2(doubled,doubled);return sum}function isIdentity(point){
return point.x===0n&&point.y===point.z}function power(base,exponent){let result=1n,square=modulo(base);for(let rest=exponent;rest>
0n;rest>>=1n)rest&1n&&(result=modulo(result*square)),square=modulo(square*square);return result}function modulo(value){let rest=value%
P;return rest<0n?rest+P:rest}function littleEndian(bytes){return BigInt(`0x${toHex(Uint8Array.from(bytes).reverse())}`)}var CACHED_KEYS=256,SPKI_PREFIX=Uint8Array.from([48,42,48,5,6,3,43,101,112,3,33,0]),cache=new Map;function strictVerify(signature,message,publicKey){
if(signature.length!==64)return!1;let key=strongKey(publicKey);return key!==void 0&&isScalar2(signature.subarray(32))&&verify(
null,message,key,signature)}async function strictVerifyAside(signature,message,publicKey){if(signature.length!==64)return!1;
let key=strongKey(publicKey);return key===void 0||!isScalar2(signature.subarray(32))?!1:new Promise((resolve9,reject)=>{
verify(null,message,key,signature,(error,good)=>error===null?resolve9(good):reject(error))})}function keyIsStrong(publicKey){
return strongKey(publicKey)!==void 0}function strongKey(publicKey){if(publicKey.length!==32)return;let name=toHex(publicKey);
if(cache.has(name))return cache.get(name);let key=isStrongPublicKey(publicKey)?importKey(publicKey):void 0;return cache.
size>=CACHED_KEYS&&cache.clear(),cache.set(name,key),key}function importKey(publicKey){let der=concatBytes([SPKI_PREFIX,
publicKey]);return createPublicKey({key:Buffer.from(der.buffer),format:"der",type:"spki"})}import{createHash as createHash5}from"node:crypto";import{createHash as createHash4}from"node:crypto";import{Worker}from"node:worker_threads";function asideHere(hasher){return{update:async data2=>hasher.update(data2),digest:async()=>hasher.digest(),close:()=>{}}}init_errors();var WARM_UP=32*1024*1024,STREAM_ASIDE_FROM=1024*1024,thread,warm=0,next2=0,waiting=new Map,PROGRAM=`
const { parentPort } = require('node:worker_threads');
const { createHash } = require('node:crypto');
const hashers = new Map();
parentPort.on('message', ({ id, hasher, data, end }) => {
  const hash = hashers.get(hasher) ?? createHash('sha256');
  if (data !== undefined) hash.update(data);
  if (end) hashers.delete(hasher);
  else hashers.set(hasher, hash);
  parentPort.postMessage({ id, digest: end ? new Uint8Array(hash.digest()) : undefined });
});`;async function sha256OfShared(data2){if(warm+=data2.length,warm<WARM_UP)return hashHere(data2);thread??=start();let there=thread;
return there==="none"?hashHere(data2):new Promise(done=>{send(there,{data:data2,end:!0},{done:digest=>done(digest),lost:()=>done(
hashHere(data2))})})}function hasherOnThread(expected){if(expected>=WARM_UP&&(thread??=start()),expected<STREAM_ASIDE_FROM||
thread===void 0||thread==="none"||expected<WARM_UP&&!thread.running)return hasherHere();let there=thread,hasher=next2++,
here,ended=!1,isHere=async()=>(here===void 0&&!await there.runs&&(here=hasherHere()),here!==void 0),ask=job=>new Promise(
(done,failed)=>send(there,job,{done,lost:()=>failed(threadEnded())}));return{update:async data2=>{if(await isHere())return here?.
update(data2);await ask({hasher,data:data2.buffer instanceof SharedArrayBuffer?data2:data2.slice(),end:!1})},digest:async()=>(ended=
!0,await isHere()?here?.digest():ask({hasher,end:!0})),close:()=>{ended||ask({hasher,end:!0}).catch(()=>{}),ended=!0}}}function send({
worker},job,answer){if(thread==="none"){answer.lost();return}let id=next2++;waiting.set(id,answer),worker.ref(),worker.postMessage(
{id,...job})}function start(){try{let worker=new Worker(PROGRAM,{eval:!0,execArgv:[],env:{}});worker.on("message",({id,digest})=>{
waiting.get(id)?.done(digest),waiting.delete(id),waiting.size===0&&worker.unref()});let runs=new Promise(done=>{worker.once(
"online",()=>done(!0)),worker.once("error",()=>done(!1)),worker.once("exit",()=>done(!1))}),started={worker,runs,running:!1};
return runs.then(running=>{started.running=running,waiting.size===0&&worker.unref()}),worker.on("error",giveUp),worker.on(
"exit",giveUp),started}catch{return"none"}}function giveUp(){thread="none";for(let{lost}of waiting.values())lost();waiting.
clear()}function threadEnded(){return new At1Error("io/failed",{message:"the thread that hashes has ended",hint:"run it \
again"})}function hasherHere(){let hash=createHash4("sha256");return asideHere({update:data2=>{hash.update(data2)},digest:()=>Uint8Array.
from(hash.digest())})}function hashHere(data2){return Uint8Array.from(createHash4("sha256").update(data2).digest())}var ASIDE_FROM=256*1024,hashes={sha1:data2=>finish(createHash5("sha1").update(data2)),sha256:data2=>finish(createHash5("\
sha256").update(data2)),sha256Aside:async data2=>data2.length<ASIDE_FROM?finish(createHash5("sha256").update(data2)):data2.
buffer instanceof SharedArrayBuffer?sha256OfShared(data2):new Uint8Array(await globalThis.crypto.subtle.digest("SHA-256",
data2)),sha512:data2=>finish(createHash5("sha512").update(data2)),newSha256:()=>{let hash=createHash5("sha256");return{update:data2=>{
hash.update(data2)},digest:()=>finish(hash)}},newSha256Aside:hasherOnThread};function finish(hash){return Uint8Array.from(
hash.digest())}init_errors();import{inflateSync as inflateSync2}from"node:zlib";function inflate2(data2,size){let result;try{result=inflateSync2(
data2,{maxOutputLength:Math.max(1,size),info:!0})}catch(cause){throw new At1Error("git/invalid-object",{message:"zlib da\
ta is damaged or longer than expected",cause})}let{buffer,engine}=result;if(buffer.length!==size)throw new At1Error("git\
/invalid-object",{message:`zlib data yields ${buffer.length} bytes, expected ${size}`});if(engine.bytesWritten!==data2.length)
throw new At1Error("git/invalid-object",{message:"bytes after the end of zlib data"});return new Uint8Array(buffer.buffer,
buffer.byteOffset,buffer.length)}var U32_MASK64=BigInt(4294967295),_32n=BigInt(32);function fromBig(n,le=!1){return le?{h:Number(n&U32_MASK64),l:Number(n>>
_32n&U32_MASK64)}:{h:Number(n>>_32n&U32_MASK64)|0,l:Number(n&U32_MASK64)|0}}function split(lst,le=!1){let len=lst.length,
Ah=new Uint32Array(len),Al=new Uint32Array(len);for(let i2=0;i2<len;i2++){let{h,l}=fromBig(lst[i2],le);[Ah[i2],Al[i2]]=[
h,l]}return[Ah,Al]}var fromNumH=n=>n/2**32|0,fromNumL=n=>n>>>0;function setU64FromNum(view2,byteOffset,n,isLE2){let h=fromNumH(n),l=fromNumL(
n);view2.setUint32(byteOffset,isLE2?l:h,isLE2),view2.setUint32(byteOffset+4,isLE2?h:l,isLE2)}var shrSH=(h,_l,s)=>h>>>s,shrSL=(h,l,s)=>h<<
32-s|l>>>s,rotrSH=(h,l,s)=>h>>>s|l<<32-s,rotrSL=(h,l,s)=>h<<32-s|l>>>s,rotrBH=(h,l,s)=>h<<64-s|l>>>s-32,rotrBL=(h,l,s)=>h>>>
s-32|l<<64-s;function add3(Ah,Al,Bh,Bl){let l=(Al>>>0)+(Bl>>>0);return{h:Ah+Bh+(l/2**32|0)|0,l:l|0}}var add3L=(Al,Bl,Cl)=>(Al>>>0)+(Bl>>>
0)+(Cl>>>0),add3H=(low,Ah,Bh,Ch)=>Ah+Bh+Ch+(low/2**32|0)|0,add4L=(Al,Bl,Cl,Dl)=>(Al>>>0)+(Bl>>>0)+(Cl>>>0)+(Dl>>>0),add4H=(low,Ah,Bh,Ch,Dh)=>Ah+
Bh+Ch+Dh+(low/2**32|0)|0,add5L=(Al,Bl,Cl,Dl,El)=>(Al>>>0)+(Bl>>>0)+(Cl>>>0)+(Dl>>>0)+(El>>>0),add5H=(low,Ah,Bh,Ch,Dh,Eh)=>Ah+
Bh+Ch+Dh+Eh+(low/2**32|0)|0;function isBytes(a){return a instanceof Uint8Array||ArrayBuffer.isView(a)&&a.constructor.name==="Uint8Array"&&"BYTES_PER\
_ELEMENT"in a&&a.BYTES_PER_ELEMENT===1}var atitle=title=>title?`"${title}" `:"";function anumber(n,title=""){if(typeof n!=
"number")throw new TypeError(atitle(title)+"expected number, got "+typeof n);if(!Number.isSafeInteger(n)||n<0)throw new RangeError(
atitle(title)+"expected integer >= 0, got "+n);return n}function abytes(value,length,title=""){if(isBytes(value)&&(length===void 0||value.length===length))return value;length!==
void 0&&anumber(length,"length");let bytes=isBytes(value),ofLen=length!==void 0?` of length ${length}`:"",got=bytes?`len\
gth=${value.length}`:`type=${typeof value}`,message=atitle(title)+"expected Uint8Array"+ofLen+", got "+got;throw bytes?new RangeError(
message):new TypeError(message)}function copyBytes(bytes){return Uint8Array.from(abytes(bytes))}var aobject=(value,label)=>{if(value===null||typeof value!="object"||Array.isArray(value))throw new TypeError((label==="\
object"?"":`"${label}" `)+"expected object, got type="+typeof value)},aopts=(value,label)=>{aobject(value,label);let proto=Object.
getPrototypeOf(value);if(proto!==Object.prototype&&proto!==null)throw new TypeError(`"${label}" expected plain object`);
if(Object.hasOwn(value,"__proto__"))throw new TypeError(`"${label}.__proto__" is not allowed`)};function aexists(instance,checkFinished=!0){
if(instance.destroyed)throw new Error("hash was destroyed");if(checkFinished&&instance.finished)throw new Error("digest(\
) was already called")}function aoutput(out,instance){abytes(out,void 0,"output");let min=instance.outputLen;if(!(out.length>=
min))throw new RangeError('"output" expected length >= '+min)}function u8(arr){return new Uint8Array(arr.buffer,arr.byteOffset,
arr.byteLength)}function u32(arr){return new Uint32Array(arr.buffer,arr.byteOffset,Math.floor(arr.byteLength/4))}function clean(...arrays){
for(let i2=0;i2<arrays.length;i2++)arrays[i2].fill(0)}function createView(arr){return new DataView(arr.buffer,arr.byteOffset,
arr.byteLength)}function rotr(word,shift){return word<<32-shift|word>>>shift}function rotl(word,shift){return word<<shift|
word>>>32-shift>>>0}var isLE=new Uint8Array(new Uint32Array([287454020]).buffer)[0]===68;function byteSwap(word){return word<<
24&4278190080|word<<8&16711680|word>>>8&65280|word>>>24&255}var swap8IfBE=isLE?n=>n:n=>byteSwap(n)>>>0;function byteSwap32(arr){
for(let i2=0;i2<arr.length;i2++)arr[i2]=byteSwap(arr[i2]);return arr}var swap32IfBE=isLE?u=>u:byteSwap32;function checkOpts(defaults,opts,title="opts"){return aopts(defaults,"defaults"),opts!==void 0&&aopts(opts,title),Object.
assign(Object.create(null),defaults,opts)}function createHasher(hashCons,info={}){if(typeof hashCons!="function")throw new TypeError(
'"hashCons" expected function, got type='+typeof hashCons);info=checkOpts({},info,"info");let hashC=(msg,opts)=>hashCons(
opts).update(msg).digest(),tmp=hashCons(void 0);return hashC.outputLen=tmp.outputLen,hashC.blockLen=tmp.blockLen,hashC.canXOF=
tmp.canXOF,hashC.create=opts=>hashCons(opts),Object.assign(hashC,info),Object.freeze(hashC)}var oidNist=suffix=>({oid:Uint8Array.from([6,9,96,134,72,1,101,3,4,2,suffix])});function Chi(a,b,c){return a&b^~a&c}function Maj(a,b,c){return a&b^a&c^b&c}var HashMD=class{blockLen;outputLen;canXOF=!1;padOffset;isLE;buffer;view;finished=!1;length=0;pos=0;destroyed=!1;constructor(blockLen,outputLen,padOffset,isLE2){
this.blockLen=blockLen,this.outputLen=outputLen,this.padOffset=padOffset,this.isLE=isLE2,this.buffer=new Uint8Array(blockLen),
this.view=createView(this.buffer)}update(data2){aexists(this),abytes(data2);let{view:view2,buffer,blockLen}=this,len=data2.
length,processed=!1;for(let pos=0;pos<len;){let take2=Math.min(blockLen-this.pos,len-pos);if(take2===blockLen){let dataView=createView(
data2);for(;blockLen<=len-pos;pos+=blockLen)this.process(dataView,pos);processed=!0;continue}buffer.set(pos===0&&take2===
len?data2:data2.subarray(pos,pos+take2),this.pos),this.pos+=take2,pos+=take2,this.pos===blockLen&&(this.process(view2,0),
this.pos=0,processed=!0)}return this.length+=data2.length,processed&&this.roundClean(),this}digestInto(out){aexists(this),
aoutput(out,this),this.finished=!0;let{buffer,view:view2,blockLen,isLE:isLE2}=this,{pos}=this;buffer[pos++]=128,buffer.fill(
0,pos),this.padOffset>blockLen-pos&&(this.process(view2,0),buffer.fill(0)),setU64FromNum(view2,blockLen-8,this.length*8,
isLE2),this.process(view2,0),this.roundClean();let oview=out===buffer?view2:createView(out),len=this.outputLen,outLen=len/
4,state=this.get();if(len%4||outLen>state.length)throw new Error("invalid outputLen");for(let i2=0;i2<outLen;i2++)oview.
setUint32(4*i2,state[i2],isLE2)}digest(){let{buffer,outputLen}=this;this.digestInto(buffer);let res=buffer.slice(0,outputLen);
return this.destroy(),res}_cloneIntoMeta(to){let{buffer,length,finished,destroyed,pos}=this;return to.destroyed=destroyed,
to.finished=finished,to.length=length,to.pos=pos,pos&&to.buffer.set(buffer),to}clone(){return this._cloneInto()}},SHA256_IV=Uint32Array.
from([1779033703,3144134277,1013904242,2773480762,1359893119,2600822924,528734635,1541459225]);var SHA512_IV=Uint32Array.from([1779033703,4089235720,3144134277,2227873595,1013904242,4271175723,2773480762,1595750129,
1359893119,2917565137,2600822924,725511199,528734635,4215389547,1541459225,327033209]);function G1s(a,b,c,d,x2){return a=a+b+x2|0,d=rotr(d^a,16),c=c+d|0,b=rotr(b^c,12),{a,b,c,d}}function G2s(a,b,c,d,x2){return a=
a+b+x2|0,d=rotr(d^a,8),c=c+d|0,b=rotr(b^c,7),{a,b,c,d}}var _BLAKE2=class{buffer;buffer32;finished=!1;destroyed=!1;length=0;pos=0;blockLen;outputLen;canXOF=!1;constructor(blockLen,outputLen){
anumber(blockLen),anumber(outputLen),this.blockLen=blockLen,this.outputLen=outputLen,this.buffer=new Uint8Array(blockLen),
this.buffer32=u32(this.buffer)}update(data2){aexists(this),abytes(data2);let{blockLen,buffer,buffer32}=this,len=data2.length,
offset=data2.byteOffset,buf=data2.buffer;for(let pos=0;pos<len;){this.pos===blockLen&&(swap32IfBE(buffer32),this.compress(
buffer32,0,!1),swap32IfBE(buffer32),this.pos=0);let take2=Math.min(blockLen-this.pos,len-pos),dataOffset=offset+pos;if(take2===
blockLen&&!(dataOffset%4)&&pos+take2<len){let data32=new Uint32Array(buf,dataOffset,Math.floor((len-pos)/4));swap32IfBE(
data32);for(let pos32=0;pos+blockLen<len;pos32+=buffer32.length,pos+=blockLen)this.length+=blockLen,this.compress(data32,
pos32,!1);swap32IfBE(data32);continue}buffer.set(pos===0&&take2===len?data2:data2.subarray(pos,pos+take2),this.pos),this.
pos+=take2,this.length+=take2,pos+=take2}return this}digestInto(out){if(aexists(this),aoutput(out,this),out.byteOffset&3)
throw new RangeError('"output" expected 4-byte aligned byteOffset, got '+out.byteOffset);let{pos,buffer32}=this;this.finished=
!0,this.buffer.fill(0,pos),swap32IfBE(buffer32),this.compress(buffer32,0,!0),swap32IfBE(buffer32);let state=this.get(),out32=out===
this.buffer?buffer32:u32(out),full=Math.floor(this.outputLen/4);for(let i2=0;i2<full;i2++)out32[i2]=swap8IfBE(state[i2]);
let tail=this.outputLen%4;if(!tail)return;let off=full*4,word=state[full];for(let i2=0;i2<tail;i2++)out[off+i2]=word>>>8*
i2}digest(){let{buffer,outputLen}=this;this.digestInto(buffer);let res=buffer.slice(0,outputLen);return this.destroy(),res}_cloneInto(to){
let{buffer,length,finished,destroyed,outputLen,pos}=this;return to||=new this.constructor({dkLen:outputLen}),to.set(...this.
get()),to.buffer.set(buffer),to.destroyed=destroyed,to.finished=finished,to.length=length,to.pos=pos,to.outputLen=outputLen,
to}clone(){return this._cloneInto()}};function _compress(s,offset,msg,rounds,v0,v1,v2,v3,v4,v5,v6,v7,v8,v9,v10,v11,v12,v13,v14,v15){let j=0;for(let i2=0;i2<rounds;i2++)
({a:v0,b:v4,c:v8,d:v12}=G1s(v0,v4,v8,v12,msg[offset+s[j++]])),{a:v0,b:v4,c:v8,d:v12}=G2s(v0,v4,v8,v12,msg[offset+s[j++]]),
{a:v1,b:v5,c:v9,d:v13}=G1s(v1,v5,v9,v13,msg[offset+s[j++]]),{a:v1,b:v5,c:v9,d:v13}=G2s(v1,v5,v9,v13,msg[offset+s[j++]]),
{a:v2,b:v6,c:v10,d:v14}=G1s(v2,v6,v10,v14,msg[offset+s[j++]]),{a:v2,b:v6,c:v10,d:v14}=G2s(v2,v6,v10,v14,msg[offset+s[j++]]),
{a:v3,b:v7,c:v11,d:v15}=G1s(v3,v7,v11,v15,msg[offset+s[j++]]),{a:v3,b:v7,c:v11,d:v15}=G2s(v3,v7,v11,v15,msg[offset+s[j++]]),
{a:v0,b:v5,c:v10,d:v15}=G1s(v0,v5,v10,v15,msg[offset+s[j++]]),{a:v0,b:v5,c:v10,d:v15}=G2s(v0,v5,v10,v15,msg[offset+s[j++]]),
{a:v1,b:v6,c:v11,d:v12}=G1s(v1,v6,v11,v12,msg[offset+s[j++]]),{a:v1,b:v6,c:v11,d:v12}=G2s(v1,v6,v11,v12,msg[offset+s[j++]]),
{a:v2,b:v7,c:v8,d:v13}=G1s(v2,v7,v8,v13,msg[offset+s[j++]]),{a:v2,b:v7,c:v8,d:v13}=G2s(v2,v7,v8,v13,msg[offset+s[j++]]),
{a:v3,b:v4,c:v9,d:v14}=G1s(v3,v4,v9,v14,msg[offset+s[j++]]),{a:v3,b:v4,c:v9,d:v14}=G2s(v3,v4,v9,v14,msg[offset+s[j++]]);
return{v0,v1,v2,v3,v4,v5,v6,v7,v8,v9,v10,v11,v12,v13,v14,v15}}var B3_Flags={CHUNK_START:1,CHUNK_END:2,PARENT:4,ROOT:8,KEYED_HASH:16,DERIVE_KEY_CONTEXT:32,DERIVE_KEY_MATERIAL:64},B3_IV=SHA256_IV.
slice(),B3_SIGMA=(()=>{let Id=Array.from({length:16},(_,i2)=>i2),permute=arr=>[2,6,3,10,7,0,4,13,1,11,12,5,9,14,15,8].map(
i2=>arr[i2]),res=[];for(let i2=0,v=Id;i2<7;i2++,v=permute(v))res.push(...v);return Uint8Array.from(res)})(),_BLAKE3=class __BLAKE3 extends _BLAKE2{canXOF=!0;chunkPos=0;chunksDone=0;flags=0;IV;state;stack=[];posOut=0;bufferOut32=new Uint32Array(
16);bufferOut;chunkOut=0;enableXOF=!0;constructor(opts={},flags=0){opts=checkOpts({},opts),super(64,opts.dkLen===void 0?
32:opts.dkLen);let{key,context}=opts,hasContext=context!==void 0;if(key!==void 0){if(hasContext)throw new Error('cannot \
use both "key" and "context"');abytes(key,32,"key");let k=copyBytes(key);this.IV=u32(k),swap32IfBE(this.IV),this.flags=flags|
B3_Flags.KEYED_HASH}else if(hasContext){abytes(context,void 0,"context");let ctx=context,contextKey=new __BLAKE3({dkLen:32},
B3_Flags.DERIVE_KEY_CONTEXT).update(ctx).digest();this.IV=u32(contextKey),swap32IfBE(this.IV),this.flags=flags|B3_Flags.
DERIVE_KEY_MATERIAL}else this.IV=B3_IV,this.flags=flags;this.state=this.IV.slice(),this.bufferOut=u8(this.bufferOut32)}get(){
return[]}set(){}b2Compress(counter,flags,buf,bufPos=0){let{state:s,pos}=this,t0=fromNumL(counter),t1=fromNumH(counter),{
v0,v1,v2,v3,v4,v5,v6,v7,v8,v9,v10,v11,v12,v13,v14,v15}=_compress(B3_SIGMA,bufPos,buf,7,s[0],s[1],s[2],s[3],s[4],s[5],s[6],
s[7],B3_IV[0],B3_IV[1],B3_IV[2],B3_IV[3],t0,t1,pos,flags);s[0]=v0^v8,s[1]=v1^v9,s[2]=v2^v10,s[3]=v3^v11,s[4]=v4^v12,s[5]=
v5^v13,s[6]=v6^v14,s[7]=v7^v15}compress(buf,bufPos=0,isLast=!1){let flags=this.flags;if(this.chunkPos||(flags|=B3_Flags.
CHUNK_START),(this.chunkPos===15||isLast)&&(flags|=B3_Flags.CHUNK_END),isLast||(this.pos=this.blockLen),this.b2Compress(
this.chunksDone,flags,buf,bufPos),this.chunkPos+=1,this.chunkPos===16||isLast){let chunk=this.state;this.state=this.IV.slice();
for(let last2,chunks=this.chunksDone+1;(isLast||!(chunks&1))&&(last2=this.stack.pop());chunks=Math.floor(chunks/2))this.
buffer32.set(last2,0),this.buffer32.set(chunk,8),this.pos=this.blockLen,this.b2Compress(0,this.flags|B3_Flags.PARENT,this.
buffer32,0),chunk=this.state,this.state=this.IV.slice();this.chunksDone++,this.chunkPos=0,this.stack.push(chunk)}this.pos=
0}_cloneInto(to){let staleOutput=!!to&&to.finished&&!to.destroyed;to=super._cloneInto(to);let{IV,flags,state,chunkPos,posOut,
chunkOut,stack,chunksDone}=this;return to.state.set(state),to.stack=stack.map(i2=>Uint32Array.from(i2)),IV===B3_IV?(to.IV!==
B3_IV&&clean(to.IV),to.IV=B3_IV):to.IV===B3_IV?to.IV=IV.slice():to.IV.set(IV),to.flags=flags,to.chunkPos=chunkPos,to.chunksDone=
chunksDone,to.posOut=posOut,to.chunkOut=chunkOut,to.enableXOF=this.enableXOF,this.finished?to.bufferOut32.set(this.bufferOut32):
staleOutput&&clean(to.bufferOut32),to}destroy(){this.destroyed=!0,clean(this.state,this.buffer32,this.bufferOut32),this.
IV!==B3_IV&&clean(this.IV),clean(...this.stack)}b2CompressOut(){let{state:s,pos,flags,buffer32,bufferOut32:out32}=this,outCounter=this.
chunkOut++,t0=fromNumL(outCounter),t1=fromNumH(outCounter);swap32IfBE(buffer32);let{v0,v1,v2,v3,v4,v5,v6,v7,v8,v9,v10,v11,
v12,v13,v14,v15}=_compress(B3_SIGMA,0,buffer32,7,s[0],s[1],s[2],s[3],s[4],s[5],s[6],s[7],B3_IV[0],B3_IV[1],B3_IV[2],B3_IV[3],
t0,t1,pos,flags);out32[0]=v0^v8,out32[1]=v1^v9,out32[2]=v2^v10,out32[3]=v3^v11,out32[4]=v4^v12,out32[5]=v5^v13,out32[6]=
v6^v14,out32[7]=v7^v15,out32[8]=s[0]^v8,out32[9]=s[1]^v9,out32[10]=s[2]^v10,out32[11]=s[3]^v11,out32[12]=s[4]^v12,out32[13]=
s[5]^v13,out32[14]=s[6]^v14,out32[15]=s[7]^v15,swap32IfBE(buffer32),swap32IfBE(out32),this.posOut=0}finish(){if(this.finished)
return;this.finished=!0,this.buffer.fill(0,this.pos);let flags=this.flags|B3_Flags.ROOT;this.stack.length?(flags|=B3_Flags.
PARENT,swap32IfBE(this.buffer32),this.compress(this.buffer32,0,!0),swap32IfBE(this.buffer32),this.chunksDone=0,this.pos=
this.blockLen):flags|=(this.chunkPos?0:B3_Flags.CHUNK_START)|B3_Flags.CHUNK_END,this.flags=flags,this.b2CompressOut()}writeInto(out){
aexists(this,!1),abytes(out),this.finish();let{blockLen,bufferOut}=this;for(let pos=0,len=out.length;pos<len;){this.posOut>=
blockLen&&this.b2CompressOut();let take2=Math.min(blockLen-this.posOut,len-pos);out.set(bufferOut.subarray(this.posOut,this.
posOut+take2),pos),this.posOut+=take2,pos+=take2}return out}xofInto(out){if(!this.enableXOF)throw new Error("no XOF afte\
r digest()");return this.writeInto(out)}xof(bytes){return anumber(bytes),this.xofInto(new Uint8Array(bytes))}digestInto(out){
if(aoutput(out,this),this.finished)throw new Error("digest() was already called");this.enableXOF=!1,this.writeInto(out.length===
this.outputLen?out:out.subarray(0,this.outputLen)),this.destroy()}digest(){let out=new Uint8Array(this.outputLen);return this.
digestInto(out),out}},blake3=createHasher((opts={})=>new _BLAKE3(opts));var SHA1_IV=Uint32Array.from([1732584193,4023233417,2562383102,271733878,3285377520]),SHA1_W=new Uint32Array(80),_SHA1=class extends HashMD{A=SHA1_IV[0]|
0;B=SHA1_IV[1]|0;C=SHA1_IV[2]|0;D=SHA1_IV[3]|0;E=SHA1_IV[4]|0;constructor(){super(64,20,8,!1)}get(){let{A,B,C,D:D2,E}=this;
return[A,B,C,D2,E]}set(A,B,C,D2,E){this.A=A|0,this.B=B|0,this.C=C|0,this.D=D2|0,this.E=E|0}_cloneInto(to){return(to||=new this.
constructor).set(...this.get()),this._cloneIntoMeta(to)}process(view2,offset){for(let i2=0;i2<16;i2++,offset+=4)SHA1_W[i2]=
view2.getUint32(offset,!1);for(let i2=16;i2<80;i2++)SHA1_W[i2]=rotl(SHA1_W[i2-3]^SHA1_W[i2-8]^SHA1_W[i2-14]^SHA1_W[i2-16],
1);let{A,B,C,D:D2,E}=this;for(let i2=0;i2<80;i2++){let F,K;i2<20?(F=Chi(B,C,D2),K=1518500249):i2<40?(F=B^C^D2,K=1859775393):
i2<60?(F=Maj(B,C,D2),K=2400959708):(F=B^C^D2,K=3395469782);let T=rotl(A,5)+F+E+K+SHA1_W[i2]|0;E=D2,D2=C,C=rotl(B,30),B=A,
A=T}A=A+this.A|0,B=B+this.B|0,C=C+this.C|0,D2=D2+this.D|0,E=E+this.E|0,this.set(A,B,C,D2,E)}roundClean(){clean(SHA1_W)}destroy(){
this.destroyed=!0,this.set(0,0,0,0,0),clean(this.buffer)}},sha1=createHasher(()=>new _SHA1);var SHA256_K=Uint32Array.from([1116352408,1899447441,3049323471,3921009573,961987163,1508970993,2453635748,2870763221,3624381080,
310598401,607225278,1426881987,1925078388,2162078206,2614888103,3248222580,3835390401,4022224774,264347078,604807628,770255983,
1249150122,1555081692,1996064986,2554220882,2821834349,2952996808,3210313671,3336571891,3584528711,113926993,338241895,666307205,
773529912,1294757372,1396182291,1695183700,1986661051,2177026350,2456956037,2730485921,2820302411,3259730800,3345764771,
3516065817,3600352804,4094571909,275423344,430227734,506948616,659060556,883997877,958139571,1322822218,1537002063,1747873779,
1955562222,2024104815,2227730452,2361852424,2428436474,2756734187,3204031479,3329325298]),SHA256_W=new Uint32Array(64),SHA2_32B=class extends HashMD{A=0;B=0;C=0;D=0;E=0;F=0;G=0;H=0;constructor(outputLen,IV){
super(64,outputLen,8,!1),this.A=IV[0]|0,this.B=IV[1]|0,this.C=IV[2]|0,this.D=IV[3]|0,this.E=IV[4]|0,this.F=IV[5]|0,this.
G=IV[6]|0,this.H=IV[7]|0}get(){let{A,B,C,D:D2,E,F,G:G2,H}=this;return[A,B,C,D2,E,F,G2,H]}set(A,B,C,D2,E,F,G2,H){this.A=A|
0,this.B=B|0,this.C=C|0,this.D=D2|0,this.E=E|0,this.F=F|0,this.G=G2|0,this.H=H|0}_cloneInto(to){return(to||=new this.constructor).
set(...this.get()),this._cloneIntoMeta(to)}process(view2,offset){for(let i2=0;i2<16;i2++,offset+=4)SHA256_W[i2]=view2.getUint32(
offset,!1);for(let i2=16;i2<64;i2++){let W15=SHA256_W[i2-15],W2=SHA256_W[i2-2],s0=rotr(W15,7)^rotr(W15,18)^W15>>>3,s1=rotr(
W2,17)^rotr(W2,19)^W2>>>10;SHA256_W[i2]=s1+SHA256_W[i2-7]+s0+SHA256_W[i2-16]|0}let{A,B,C,D:D2,E,F,G:G2,H}=this;for(let i2=0;i2<
64;i2++){let sigma1=rotr(E,6)^rotr(E,11)^rotr(E,25),T1=H+sigma1+Chi(E,F,G2)+SHA256_K[i2]+SHA256_W[i2]|0,T2=(rotr(A,2)^rotr(
A,13)^rotr(A,22))+Maj(A,B,C)|0;H=G2,G2=F,F=E,E=D2+T1|0,D2=C,C=B,B=A,A=T1+T2|0}A=A+this.A|0,B=B+this.B|0,C=C+this.C|0,D2=
D2+this.D|0,E=E+this.E|0,F=F+this.F|0,G2=G2+this.G|0,H=H+this.H|0,this.set(A,B,C,D2,E,F,G2,H)}roundClean(){clean(SHA256_W)}destroy(){
this.destroyed=!0,this.set(0,0,0,0,0,0,0,0),clean(this.buffer)}},_SHA256=class extends SHA2_32B{constructor(){super(32,SHA256_IV)}};var K512=split(["0x428a2f98d728ae22","0x7137449123ef65cd","0xb5c0fbcfec4d3b2f","0xe9b5dba58189dbbc","0x3956c25bf348b538",
"0x59f111f1b605d019","0x923f82a4af194f9b","0xab1c5ed5da6d8118","0xd807aa98a3030242","0x12835b0145706fbe","0x243185be4ee4\
b28c","0x550c7dc3d5ffb4e2","0x72be5d74f27b896f","0x80deb1fe3b1696b1","0x9bdc06a725c71235","0xc19bf174cf692694","0xe49b69\
c19ef14ad2","0xefbe4786384f25e3","0x0fc19dc68b8cd5b5","0x240ca1cc77ac9c65","0x2de92c6f592b0275","0x4a7484aa6ea6e483","0x\
5cb0a9dcbd41fbd4","0x76f988da831153b5","0x983e5152ee66dfab","0xa831c66d2db43210","0xb00327c898fb213f","0xbf597fc7beef0ee\
4","0xc6e00bf33da88fc2","0xd5a79147930aa725","0x06ca6351e003826f","0x142929670a0e6e70","0x27b70a8546d22ffc","0x2e1b21385\
c26c926","0x4d2c6dfc5ac42aed","0x53380d139d95b3df","0x650a73548baf63de","0x766a0abb3c77b2a8","0x81c2c92e47edaee6","0x927\
22c851482353b","0xa2bfe8a14cf10364","0xa81a664bbc423001","0xc24b8b70d0f89791","0xc76c51a30654be30","0xd192e819d6ef5218",
"0xd69906245565a910","0xf40e35855771202a","0x106aa07032bbd1b8","0x19a4c116b8d2d0c8","0x1e376c085141ab53","0x2748774cdf8e\
eb99","0x34b0bcb5e19b48a8","0x391c0cb3c5c95a63","0x4ed8aa4ae3418acb","0x5b9cca4f7763e373","0x682e6ff3d6b2b8a3","0x748f82\
ee5defb2fc","0x78a5636f43172f60","0x84c87814a1f0ab72","0x8cc702081a6439ec","0x90befffa23631e28","0xa4506cebde82bde9","0x\
bef9a3f7b2c67915","0xc67178f2e372532b","0xca273eceea26619c","0xd186b8c721c0c207","0xeada7dd6cde0eb1e","0xf57d4f7fee6ed17\
8","0x06f067aa72176fba","0x0a637dc5a2c898a6","0x113f9804bef90dae","0x1b710b35131c471b","0x28db77f523047d84","0x32caab7b4\
0c72493","0x3c9ebe0a15c9bebc","0x431d67c49c100d4c","0x4cc5d4becb3e42b6","0x597f299cfc657e2a","0x5fcb6fab3ad6faec","0x6c4\
4198c4a475817"].map(n=>BigInt(n))),SHA512_Kh=K512[0],SHA512_Kl=K512[1],SHA512_W_H=new Uint32Array(80),SHA512_W_L=new Uint32Array(
80),SHA2_64B=class extends HashMD{Ah=0;Al=0;Bh=0;Bl=0;Ch=0;Cl=0;Dh=0;Dl=0;Eh=0;El=0;Fh=0;Fl=0;Gh=0;Gl=0;Hh=0;Hl=0;constructor(outputLen,IV){
super(128,outputLen,16,!1),this.Ah=IV[0]|0,this.Al=IV[1]|0,this.Bh=IV[2]|0,this.Bl=IV[3]|0,this.Ch=IV[4]|0,this.Cl=IV[5]|
0,this.Dh=IV[6]|0,this.Dl=IV[7]|0,this.Eh=IV[8]|0,this.El=IV[9]|0,this.Fh=IV[10]|0,this.Fl=IV[11]|0,this.Gh=IV[12]|0,this.
Gl=IV[13]|0,this.Hh=IV[14]|0,this.Hl=IV[15]|0}get(){let{Ah,Al,Bh,Bl,Ch,Cl,Dh,Dl,Eh,El,Fh,Fl,Gh,Gl,Hh,Hl}=this;return[Ah,
Al,Bh,Bl,Ch,Cl,Dh,Dl,Eh,El,Fh,Fl,Gh,Gl,Hh,Hl]}set(Ah,Al,Bh,Bl,Ch,Cl,Dh,Dl,Eh,El,Fh,Fl,Gh,Gl,Hh,Hl){this.Ah=Ah|0,this.Al=
Al|0,this.Bh=Bh|0,this.Bl=Bl|0,this.Ch=Ch|0,this.Cl=Cl|0,this.Dh=Dh|0,this.Dl=Dl|0,this.Eh=Eh|0,this.El=El|0,this.Fh=Fh|
0,this.Fl=Fl|0,this.Gh=Gh|0,this.Gl=Gl|0,this.Hh=Hh|0,this.Hl=Hl|0}_cloneInto(to){return(to||=new this.constructor).set(
...this.get()),this._cloneIntoMeta(to)}process(view2,offset){for(let i2=0;i2<16;i2++,offset+=4)SHA512_W_H[i2]=view2.getUint32(
offset),SHA512_W_L[i2]=view2.getUint32(offset+=4);for(let i2=16;i2<80;i2++){let W15h=SHA512_W_H[i2-15]|0,W15l=SHA512_W_L[i2-
15]|0,s0h=rotrSH(W15h,W15l,1)^rotrSH(W15h,W15l,8)^shrSH(W15h,W15l,7),s0l=rotrSL(W15h,W15l,1)^rotrSL(W15h,W15l,8)^shrSL(W15h,
W15l,7),W2h=SHA512_W_H[i2-2]|0,W2l=SHA512_W_L[i2-2]|0,s1h=rotrSH(W2h,W2l,19)^rotrBH(W2h,W2l,61)^shrSH(W2h,W2l,6),s1l=rotrSL(
W2h,W2l,19)^rotrBL(W2h,W2l,61)^shrSL(W2h,W2l,6),SUMl=add4L(s0l,s1l,SHA512_W_L[i2-7],SHA512_W_L[i2-16]),SUMh=add4H(SUMl,s0h,
s1h,SHA512_W_H[i2-7],SHA512_W_H[i2-16]);SHA512_W_H[i2]=SUMh|0,SHA512_W_L[i2]=SUMl|0}let{Ah,Al,Bh,Bl,Ch,Cl,Dh,Dl,Eh,El,Fh,
Fl,Gh,Gl,Hh,Hl}=this;for(let i2=0;i2<80;i2++){let sigma1h=rotrSH(Eh,El,14)^rotrSH(Eh,El,18)^rotrBH(Eh,El,41),sigma1l=rotrSL(
Eh,El,14)^rotrSL(Eh,El,18)^rotrBL(Eh,El,41),CHIh=Eh&Fh^~Eh&Gh,CHIl=El&Fl^~El&Gl,T1ll=add5L(Hl,sigma1l,CHIl,SHA512_Kl[i2],
SHA512_W_L[i2]),T1h=add5H(T1ll,Hh,sigma1h,CHIh,SHA512_Kh[i2],SHA512_W_H[i2]),T1l=T1ll|0,sigma0h=rotrSH(Ah,Al,28)^rotrBH(
Ah,Al,34)^rotrBH(Ah,Al,39),sigma0l=rotrSL(Ah,Al,28)^rotrBL(Ah,Al,34)^rotrBL(Ah,Al,39),MAJh=Ah&Bh^Ah&Ch^Bh&Ch,MAJl=Al&Bl^
Al&Cl^Bl&Cl;Hh=Gh|0,Hl=Gl|0,Gh=Fh|0,Gl=Fl|0,Fh=Eh|0,Fl=El|0,{h:Eh,l:El}=add3(Dh|0,Dl|0,T1h|0,T1l|0),Dh=Ch|0,Dl=Cl|0,Ch=Bh|
0,Cl=Bl|0,Bh=Ah|0,Bl=Al|0;let All=add3L(T1l,sigma0l,MAJl);Ah=add3H(All,T1h,sigma0h,MAJh),Al=All|0}({h:Ah,l:Al}=add3(this.
Ah|0,this.Al|0,Ah|0,Al|0)),{h:Bh,l:Bl}=add3(this.Bh|0,this.Bl|0,Bh|0,Bl|0),{h:Ch,l:Cl}=add3(this.Ch|0,this.Cl|0,Ch|0,Cl|
0),{h:Dh,l:Dl}=add3(this.Dh|0,this.Dl|0,Dh|0,Dl|0),{h:Eh,l:El}=add3(this.Eh|0,this.El|0,Eh|0,El|0),{h:Fh,l:Fl}=add3(this.
Fh|0,this.Fl|0,Fh|0,Fl|0),{h:Gh,l:Gl}=add3(this.Gh|0,this.Gl|0,Gh|0,Gl|0),{h:Hh,l:Hl}=add3(this.Hh|0,this.Hl|0,Hh|0,Hl|0),
this.set(Ah,Al,Bh,Bl,Ch,Cl,Dh,Dl,Eh,El,Fh,Fl,Gh,Gl,Hh,Hl)}roundClean(){clean(SHA512_W_H,SHA512_W_L)}destroy(){this.destroyed=
!0,clean(this.buffer),this.set(0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0)}},_SHA512=class extends SHA2_64B{constructor(){super(64,
SHA512_IV)}};var sha256=createHasher(()=>new _SHA256,oidNist(1));var sha512=createHasher(()=>new _SHA512,oidNist(3));var freeze2=Object.freeze,P2=0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedn,N=0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3edn,
_d=0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n,Gx=0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51an,
Gy=0x6666666666666666666666666666666666666666666666666666666666666658n,_a=P2-1n,ed25519_CURVE=freeze2({p:P2,n:N,h:8n,a:_a,
d:_d,Gx,Gy}),LEN=32,isBytes2=a=>a instanceof Uint8Array||ArrayBuffer.isView(a)&&a.constructor.name==="Uint8Array"&&a.BYTES_PER_ELEMENT===
1,abytes2=(value,length,title="")=>{if(isBytes2(value)&&(length===void 0||value.length===length))return value;let bytes=isBytes2(
value),ofLen=length!==void 0?` of length ${length}`:"",got=bytes?`length=${value.length}`:`type=${typeof value}`,message=(title?
`"${title}" `:"")+"expected Uint8Array"+ofLen+", got "+got;throw bytes?new RangeError(message):new TypeError(message)},snapshotBytes=(value,title="",length)=>Uint8Array.
from(abytes2(value,length,title)),padh=(n,pad)=>n.toString(16).padStart(pad,"0"),bytesToHex=bytes=>{let hex="";for(let byte of abytes2(
bytes))hex+=padh(byte,2);return hex},hexToBytes=hex=>{let e="hex invalid";if(typeof hex!="string")throw new TypeError(e);
if(hex.length%2||!/^[\da-f]*$/i.test(hex))throw new RangeError(e);let array=new Uint8Array(hex.length/2);for(let ai=0,hi=0;ai<
array.length;ai++,hi+=2){let n1=hex.charCodeAt(hi),n2=hex.charCodeAt(hi+1);array[ai]=((n1&15)+(n1>>6)*9)*16+(n2&15)+(n2>>
6)*9}return array};var arange=(n,min,max2,msg="bad number: out of range")=>{if(typeof n!="bigint")throw new TypeError(msg);if(min<=n&&n<max2)
return n;throw new RangeError(msg)},mod=(a,b=P2)=>(a%=b)>=0n?a:b+a,P_MASK=(1n<<255n)-1n,modP=num=>{if(num<0n)throw new RangeError(
"negative coordinate");let r=(num>>255n)*19n+(num&P_MASK);return r=(r>>255n)*19n+(r&P_MASK),r%P2};var invert2=(number,modulo2)=>{if(number===0n)throw new Error("invert: expected non-zero number");if(modulo2<=1n)throw new Error(
"invert: expected modulus > 1, got "+modulo2);let a=mod(number,modulo2),b=modulo2,x2=0n,u=1n;for(;a!==0n;){let q=b/a,r=b-
a*q,m=x2-u*q;b=a,a=r,x2=u,u=m}if(b!==1n)throw new Error("invert: does not exist");return mod(x2,modulo2)};var apoint=p=>{if(p instanceof Point)return p;throw new TypeError("Point expected")},B256=2n**256n,Point=class _Point{static BASE;static ZERO;X;Y;Z;T;constructor(X,Y,Z,T){
let max2=B256;this.X=arange(X,0n,max2),this.Y=arange(Y,0n,max2),this.Z=arange(Z,1n,max2),this.T=arange(T,0n,max2),freeze2(
this)}static CURVE(){return ed25519_CURVE}static fromAffine(p){return new _Point(p.x,p.y,1n,modP(p.x*p.y))}static fromBytes(bytes,zip215=!1){
let normed=snapshotBytes(bytes,"point",LEN),lastByte=normed[31];normed[31]=lastByte&-129;let y=bytesToNumberLE(normed);zip215||
arange(y,0n,P2);let y2=modP(y*y),u=mod(y2-1n),v=modP(_d*y2+1n),{isValid,value:x2}=uvRatio(u,v);if(!isValid)throw new Error(
"bad point: y not sqrt");let isLastByteOdd=!!(lastByte&128);if(!zip215&&x2===0n&&isLastByteOdd)throw new Error("bad poin\
t: x==0, isLastByteOdd");return isLastByteOdd!==!!(x2&1n)&&(x2=mod(-x2)),new _Point(x2,y,1n,modP(x2*y))}static fromHex(hex,zip215){
return _Point.fromBytes(hexToBytes(hex),zip215)}get x(){return this.toAffine().x}get y(){return this.toAffine().y}assertValidity(){
let a=_a,d=_d,p=this;if(p.is0())throw new Error("bad point: ZERO");let{X,Y,Z,T}=p,X2=modP(X*X),Y2=modP(Y*Y),Z2=modP(Z*Z),
Z4=modP(Z2*Z2),aX2=modP(X2*a),left=modP(Z2*(aX2+Y2)),right=mod(Z4+modP(d*modP(X2*Y2)));if(left!==right)throw new Error("\
bad point: equation left != right (1)");let XY=modP(X*Y),ZT=modP(Z*T);if(XY!==ZT)throw new Error("bad point: equation le\
ft != right (2)");return this}equals(other2){let{X:X1,Y:Y1,Z:Z1}=this,{X:X2,Y:Y2,Z:Z2}=apoint(other2);return modP(X1*Z2)===
modP(X2*Z1)&&modP(Y1*Z2)===modP(Y2*Z1)}is0(){return this.equals(I)}negate(){return new _Point(mod(-this.X),this.Y,this.Z,
mod(-this.T))}double(){let{X:X1,Y:Y1,Z:Z1}=this,a=_a,A=modP(X1*X1),B=modP(Y1*Y1),C=modP(2n*Z1*Z1),D2=modP(a*A),x1y1=mod(
X1+Y1),E=mod(modP(x1y1*x1y1)-A-B),G2=mod(D2+B),F=mod(G2-C),H=mod(D2-B),X3=modP(E*F),Y3=modP(G2*H),T3=modP(E*H),Z3=modP(F*
G2);return new _Point(X3,Y3,Z3,T3)}add(other2){let{X:X1,Y:Y1,Z:Z1,T:T1}=this,{X:X2,Y:Y2,Z:Z2,T:T2}=apoint(other2),a=_a,d=_d,
A=modP(X1*X2),B=modP(Y1*Y2),C=modP(modP(T1*d)*T2),D2=modP(Z1*Z2),E=mod(modP(mod(X1+Y1)*mod(X2+Y2))-A-B),F=mod(D2-C),G2=mod(
D2+C),H=mod(B-modP(a*A)),X3=modP(E*F),Y3=modP(G2*H),T3=modP(E*H),Z3=modP(F*G2);return new _Point(X3,Y3,Z3,T3)}subtract(other2){
return this.add(apoint(other2).negate())}multiply(n,safe=!0){if(!safe&&n===0n||(arange(n,1n,N),!safe&&this.is0()))return I;
if(n===1n)return this;if(this.equals(G))return wNAF(n).p;let p=I,f=G,d=this;for(let i2=0;safe?i2<256:n>0n;i2++)n&1n?p=p.
add(d):safe&&(f=f.add(d)),d=d.double(),n>>=1n;return p}multiplyUnsafe(scalar){return this.multiply(scalar,!1)}toAffine(){
let{X,Y,Z}=this;if(this.equals(I))return{x:0n,y:1n};let iz=invert2(Z,P2);if(modP(Z*iz)!==1n)throw new Error("invalid inv\
erse");return{x:modP(X*iz),y:modP(Y*iz)}}toBytes(){let{x:x2,y}=this.toAffine(),b=numTo32bLE(y);return b[31]|=x2&1n?128:0,
b}toHex(){return bytesToHex(this.toBytes())}clearCofactor(){return this.multiply(8n,!1)}isSmallOrder(){return this.clearCofactor().
is0()}isTorsionFree(){return this.multiply(N/2n,!1).double().add(this).is0()}},G=new Point(Gx,Gy,1n,mod(Gx*Gy)),I=new Point(
0n,1n,1n,0n);Point.BASE=G;Point.ZERO=I;var numTo32bLE=num=>hexToBytes(padh(arange(num,0n,B256),64)).reverse(),bytesToNumberLE=b=>BigInt(
"0x"+bytesToHex(Uint8Array.from(abytes2(b)).reverse())),pow2=(x2,power2)=>{let r=x2;for(;power2-- >0;)r=modP(r*r);return r},
pow_2_252_3=x2=>{let x22=modP(x2*x2),b2=modP(x22*x2),b42=modP(pow2(b2,2)*b2),b5=modP(pow2(b42,1)*x2),b10=modP(pow2(b5,5)*
b5),b20=modP(pow2(b10,10)*b10),b40=modP(pow2(b20,20)*b20),b80=modP(pow2(b40,40)*b40),b160=modP(pow2(b80,80)*b80),b240=modP(
pow2(b160,80)*b80),b250=modP(pow2(b240,10)*b10);return modP(pow2(b250,2)*x2)},RM1=0x2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0n,
uvRatio=(u,v)=>{let v3=modP(v*modP(v*v)),v7=modP(modP(v3*v3)*v),pow=pow_2_252_3(modP(u*v7)),x2=modP(u*modP(v3*pow)),vx2=modP(
v*modP(x2*x2)),root1=x2,root2=modP(x2*RM1),useRoot1=vx2===u,useRoot2=vx2===mod(-u),noRoot=vx2===mod(-u*RM1);return useRoot1&&
(x2=root1),(useRoot2||noRoot)&&(x2=root2),(mod(x2)&1n)===1n&&(x2=mod(-x2)),{isValid:useRoot1||useRoot2,value:x2}};var precompute=()=>{let points=[],p=G,b;for(let w=0;w<33;w++){b=p,points.push(b);for(let i2=1;i2<128;i2++)b=b.add(p),points.
push(b);p=b.double()}return points},Gpows,ctneg=(cnd,p)=>{let n=p.negate();return cnd?n:p},wNAF=n=>{let comp=Gpows||(Gpows=
precompute()),p=I,f=G;for(let w=0;w<33;w++){let wbits=Number(n&255n);n>>=8n,wbits>128&&(wbits-=256,n+=1n);let off=w*128,
offP=off+Math.abs(wbits)-1,isOddW=w%2!==0,isNeg=wbits<0;wbits===0?f=f.add(ctneg(isOddW,comp[off])):p=p.add(ctneg(isNeg,comp[offP]))}
if(n!==0n)throw new Error("invalid wnaf");return{p,f}};init_text();init_writer();var CACHED_KEYS2=256,ORDER=Point.CURVE().n,cache2=new Map;function strictVerify2(signature,message,publicKey){
if(signature.length!==64)return!1;let a=strongPoint(publicKey);if(a===void 0)return!1;let r=signature.subarray(0,32),s=littleEndian2(
signature.subarray(32));if(s>=ORDER)return!1;let k=littleEndian2(sha512(concatBytes([r,publicKey,message])))%ORDER,expected=Point.
BASE.multiply(s,!1).subtract(a.multiply(k,!1));return equalBytes(expected.toBytes(),r)}function keyIsStrong2(publicKey){
return strongPoint(publicKey)!==void 0}function strongPoint(publicKey){if(publicKey.length!==32)return;let name=toHex(publicKey);
if(cache2.has(name))return cache2.get(name);let point=decodeStrong(publicKey);return cache2.size>=CACHED_KEYS2&&cache2.clear(),
cache2.set(name,point),point}function decodeStrong(publicKey){let point;try{point=Point.fromBytes(publicKey,!1)}catch{return}
return equalBytes(point.toBytes(),publicKey)&&!point.is0()&&point.isTorsionFree()?point:void 0}function littleEndian2(bytes){
return BigInt(`0x${toHex(Uint8Array.from(bytes).reverse())}`)}import{createRequire}from"module";var require2=createRequire("/"),_a2,Worker2,isMarkedAsUntransferable;try{_a2=require2("worker_threads"),Worker2=_a2.Worker,isMarkedAsUntransferable=_a2.isMarkedAsUntransferable}catch{}var u82=Uint8Array,u16=Uint16Array,i32=Int32Array,fleb=new u82([0,0,0,0,0,0,0,0,1,1,1,1,2,2,2,2,3,3,3,3,4,4,4,4,5,5,5,5,
0,0,0,0]),fdeb=new u82([0,0,0,0,1,1,2,2,3,3,4,4,5,5,6,6,7,7,8,8,9,9,10,10,11,11,12,12,13,13,0,0]),clim=new u82([16,17,18,
0,8,7,9,6,10,5,11,4,12,3,13,2,14,1,15]),freb=function(eb,start2){for(var b=new u16(31),i2=0;i2<31;++i2)b[i2]=start2+=1<<
eb[i2-1];for(var r=new i32(b[30]),i2=1;i2<30;++i2)for(var j=b[i2];j<b[i2+1];++j)r[j]=j-b[i2]<<5|i2;return{b,r}},_a2=freb(
fleb,2),fl=_a2.b,revfl=_a2.r;fl[28]=258,revfl[258]=28;var _b=freb(fdeb,0),fd=_b.b,revfd=_b.r,rev=new u16(32768);for(i=0;i<
32768;++i)x=(i&43690)>>1|(i&21845)<<1,x=(x&52428)>>2|(x&13107)<<2,x=(x&61680)>>4|(x&3855)<<4,rev[i]=((x&65280)>>8|(x&255)<<
8)>>1;var x,i,hMap=(function(cd,mb,r){for(var s=cd.length,i2=0,l=new u16(mb);i2<s;++i2)cd[i2]&&++l[cd[i2]-1];var le=new u16(
mb);for(i2=1;i2<mb;++i2)le[i2]=le[i2-1]+l[i2-1]<<1;var co;if(r){co=new u16(1<<mb);var rvb=15-mb;for(i2=0;i2<s;++i2)if(cd[i2])
for(var sv=i2<<4|cd[i2],r_1=mb-cd[i2],v=le[cd[i2]-1]++<<r_1,m=v|(1<<r_1)-1;v<=m;++v)co[rev[v]>>rvb]=sv}else for(co=new u16(
s),i2=0;i2<s;++i2)cd[i2]&&(co[i2]=rev[le[cd[i2]-1]++]>>15-cd[i2]);return co}),flt=new u82(288);for(i=0;i<144;++i)flt[i]=
8;var i;for(i=144;i<256;++i)flt[i]=9;var i;for(i=256;i<280;++i)flt[i]=7;var i;for(i=280;i<288;++i)flt[i]=8;var i,fdt=new u82(
32);for(i=0;i<32;++i)fdt[i]=5;var i;var flrm=hMap(flt,9,1);var fdrm=hMap(fdt,5,1),max=function(a){for(var m=a[0],i2=1;i2<a.length;++i2)a[i2]>m&&(m=a[i2]);return m},bits=function(d,p,m){
var o=p/8|0;return(d[o]|d[o+1]<<8)>>(p&7)&m},bits16=function(d,p){var o=p/8|0;return(d[o]|d[o+1]<<8|d[o+2]<<16)>>(p&7)},
shft=function(p){return(p+7)/8|0},slc=function(v,s,e){return(s==null||s<0)&&(s=0),(e==null||e>v.length)&&(e=v.length),new u82(
v.subarray(s,e))};var ec=["unexpected EOF","invalid block type","invalid length/literal","invalid distance","stream finished","no stream h\
andler",,"no callback","invalid UTF-8 data","extra field too long","date not in range 1980-2099","filename too long","st\
ream finishing","invalid zip data"],err=function(ind,msg,nt){var e=new Error(msg||ec[ind]);if(e.code=ind,Error.captureStackTrace&&
Error.captureStackTrace(e,err),!nt)throw e;return e},inflt=function(dat,st,buf,dict){var sl=dat.length,dl=dict?dict.length:
0;if(!sl||st.f&&!st.l)return buf||new u82(0);var noBuf=!buf,resize=noBuf||st.i!=2,noSt=st.i;noBuf&&(buf=new u82(sl*3));var cbuf=function(l2){
var bl=buf.length;if(l2>bl){var nbuf=new u82(Math.max(bl*2,l2));nbuf.set(buf),buf=nbuf}},final=st.f||0,pos=st.p||0,bt=st.
b||0,lm=st.l,dm=st.d,lbt=st.m,dbt=st.n,tbts=sl*8;do{if(!lm){final=bits(dat,pos,1);var type=bits(dat,pos+1,3);if(pos+=3,type)
if(type==1)lm=flrm,dm=fdrm,lbt=9,dbt=5;else if(type==2){var hLit=bits(dat,pos,31)+257,hcLen=bits(dat,pos+10,15)+4,tl=hLit+
bits(dat,pos+5,31)+1;pos+=14;for(var ldt=new u82(tl),clt=new u82(19),i2=0;i2<hcLen;++i2)clt[clim[i2]]=bits(dat,pos+i2*3,
7);pos+=hcLen*3;for(var clb=max(clt),clbmsk=(1<<clb)-1,clm=hMap(clt,clb,1),i2=0;i2<tl;){var r=clm[bits(dat,pos,clbmsk)];
pos+=r&15;var s=r>>4;if(s<16)ldt[i2++]=s;else{var c=0,n=0;for(s==16?(n=3+bits(dat,pos,3),pos+=2,c=ldt[i2-1]):s==17?(n=3+
bits(dat,pos,7),pos+=3):s==18&&(n=11+bits(dat,pos,127),pos+=7);n--;)ldt[i2++]=c}}var lt=ldt.subarray(0,hLit),dt=ldt.subarray(
hLit);lbt=max(lt),dbt=max(dt),lm=hMap(lt,lbt,1),dm=hMap(dt,dbt,1)}else err(1);else{var s=shft(pos)+4,l=dat[s-4]|dat[s-3]<<
8,t=s+l;if(t>sl){noSt&&err(0);break}resize&&cbuf(bt+l),buf.set(dat.subarray(s,t),bt),st.b=bt+=l,st.p=pos=t*8,st.f=final;
continue}if(pos>tbts){noSt&&err(0);break}}resize&&cbuf(bt+131072);for(var lms=(1<<lbt)-1,dms=(1<<dbt)-1,lpos=pos;;lpos=pos){
var c=lm[bits16(dat,pos)&lms],sym=c>>4;if(pos+=c&15,pos>tbts){noSt&&err(0);break}if(c||err(2),sym<256)buf[bt++]=sym;else if(sym==
256){lpos=pos,lm=null;break}else{var add4=sym-254;if(sym>264){var i2=sym-257,b=fleb[i2];add4=bits(dat,pos,(1<<b)-1)+fl[i2],
pos+=b}var d=dm[bits16(dat,pos)&dms],dsym=d>>4;d||err(3),pos+=d&15;var dt=fd[dsym];if(dsym>3){var b=fdeb[dsym];dt+=bits16(
dat,pos)&(1<<b)-1,pos+=b}if(pos>tbts){noSt&&err(0);break}resize&&cbuf(bt+131072);var end2=bt+add4;if(bt<dt){var shift=dl-
dt,dend=Math.min(dt,end2);for(shift+bt<0&&err(3);bt<dend;++bt)buf[bt]=dict[shift+bt]}for(;bt<end2;++bt)buf[bt]=buf[bt-dt]}}
st.l=lm,st.p=lpos,st.b=bt,st.f=final,lm&&(final=1,st.m=lbt,st.d=dm,st.n=dbt)}while(!final);return bt!=buf.length&&noBuf?
slc(buf,0,bt):buf.subarray(0,bt)};var et=new u82(0);var Inflate=(function(){function Inflate2(opts,cb){typeof opts=="function"&&(cb=opts,opts={}),this.ondata=cb;var dict=opts&&
opts.dictionary&&opts.dictionary.subarray(-32768);this.s={i:0,b:dict?dict.length:0},this.o=new u82(32768),this.p=new u82(
0),dict&&this.o.set(dict)}return Inflate2.prototype.e=function(c){if(this.ondata||err(5),this.d&&err(4),!this.p.length)this.
p=c;else if(c.length){var n=new u82(this.p.length+c.length);n.set(this.p),n.set(c,this.p.length),this.p=n}},Inflate2.prototype.
c=function(final){this.s.i=+(this.d=final||!1);var bts=this.s.b,dt=inflt(this.p,this.s,this.o);this.ondata(slc(dt,bts,this.
s.b),this.d),this.o=slc(dt,this.s.b-32768),this.s.b=this.o.length,this.p=slc(this.p,this.s.p/8|0),this.s.p&=7},Inflate2.
prototype.push=function(chunk,final){this.e(chunk),this.c(final)},Inflate2})();var td=typeof TextDecoder<"u"&&new TextDecoder,tds=0;try{td.decode(et,{stream:!0}),tds=1}catch{}init_writer();init_errors();var HEADER_LENGTH=2,ADLER_LENGTH=4,PUSH_LENGTH=4096;function inflate3(data2,size){checkHeader(
data2);let deflated=data2.subarray(HEADER_LENGTH,data2.length-ADLER_LENGTH),output2=inflateRaw(deflated,size);if(output2===
void 0)throw damaged(`zlib data is damaged or does not yield ${size} bytes`);if(new DataView(data2.buffer,data2.byteOffset+
data2.length-ADLER_LENGTH,ADLER_LENGTH).getUint32(0)!==adler32(output2))throw damaged("zlib data does not match its chec\
ksum");if(inflateRaw(deflated.subarray(0,-1),size)!==void 0)throw damaged("bytes after the end of zlib data");return output2}
function inflateRaw(deflated,size){let parts=[],total=0,engine=new Inflate(part=>{total+=part.length,parts.push(part)});
try{for(let at2=0;at2<deflated.length&&total<=size;at2+=PUSH_LENGTH)engine.push(deflated.subarray(at2,at2+PUSH_LENGTH),at2+
PUSH_LENGTH>=deflated.length)}catch{return}return total===size?concatBytes(parts):void 0}function checkHeader(data2){let[
method=0,flags=0]=data2;if(!((method&15)===8&&method>>4<=7&&(method*256+flags)%31===0&&(flags&32)===0)||data2.length<=HEADER_LENGTH+
ADLER_LENGTH)throw damaged("not zlib data")}function adler32(bytes){let a=1,b=0;for(let at2=0;at2<bytes.length;at2+=3800){
for(let byte of bytes.subarray(at2,at2+3800))a+=byte,b+=a;a%=65521,b%=65521}return b*65536+a}function damaged(message){return new At1Error(
"git/invalid-object",{message})}init_writer();var TABLE=Uint32Array.from({length:256},(_,byte)=>{let value=byte;for(let bit=0;bit<8;bit++)value=value&1?value>>>1^3988292384:
value>>>1;return value});function crc32(bytes){let crc=4294967295;for(let byte of bytes)crc=TABLE[(crc^byte)&255]^crc>>>
8;return(crc^4294967295)>>>0}init_errors();var MAGIC3=Uint8Array.of(65,84,49),HEAD_LENGTH=5,MODE_WHOLE=2,MODE_STREAM=3,CODEC_RAW=255,METHOD_CODEC=0,METHOD_RAW=1,
DIGEST_LENGTH=32,TRAILER_MAGIC=Uint8Array.of(161,83,54,1),TRAILER_LENGTH=DIGEST_LENGTH+TRAILER_MAGIC.length,CODEC_NAMES=[
"ssh","json","osm","log","columnar","vcf","jsondoc","qcolumnar","qjson","dicom","embed","qjson2","bundle"],CODEC_BUNDLE=12;
function codecName(id){return id===CODEC_RAW?"raw":CODEC_NAMES[id]}var BACKENDS=["xz","zstd","stored"];function parseBackend(id){let backend=BACKENDS[id];if(backend===void 0)throw malformed3(
`unknown backend ${id}`);return backend}function formatBackend(backend){return BACKENDS.indexOf(backend)}var MIB2=1024*1024,
MAX_WHOLE_OUTPUT=1024*MIB2,MAX_FRAME_OUTPUT=64*MIB2,PAYLOAD_SLACK=64*1024,MAX_ZSTD_WINDOW=128*MIB2,MAX_XZ_DICTIONARY=64*
MIB2,MAX_STREAMS=256,MAX_STREAM_NAME=31,MAX_VARINT_LENGTH=10;function maxStreams(output2){return Math.min(8*output2+MIB2,
MAX_WHOLE_OUTPUT)}function malformed3(message,cause){return new At1Error("container/malformed",{message,cause})}function notStrict(message){
return new At1Error("container/not-strict",{message,hint:"pack the data again: this container can be read in more than o\
ne way"})}function overLimit(message,size,limit){return new At1Error("container/limit",{message:`${message}: ${size} exc\
eeds ${limit}`,facts:{size,limit}})}init_writer();var STREAM_HEADER=Uint8Array.of(253,55,122,88,90,0),FOOTER_MAGIC=Uint8Array.of(89,90),CHECK_LENGTH=4,FILTER_DELTA=3,FILTER_LZMA2=33,
MOST_DICTIONARY_PROPERTY=28;function formatXzStream(blocks,checks){let flags=Uint8Array.of(0,checks===void 0?0:1),body=[],
index=new ByteWriter().u8(0).varint(blocks.length);blocks.forEach((block,i2)=>{let header=blockHeader(block),check=checks===
void 0?new Uint8Array(0):u32le(checks[i2]);body.push(header,block.lzma2,new Uint8Array(-block.lzma2.length&3),check),index.
varint(header.length+block.lzma2.length+check.length).varint(block.size)}),index.bytes(new Uint8Array(-index.length&3));
let records=index.finish(),size=concatBytes([u32le((records.length+CHECK_LENGTH)/4-1),flags]);return concatBytes([STREAM_HEADER,
flags,u32le(crc32(flags)),...body,records,u32le(crc32(records)),u32le(crc32(size)),size,FOOTER_MAGIC])}function blockHeader({
delta,size}){let filters=delta===void 0?[]:[FILTER_DELTA,1,delta-1];filters.push(FILTER_LZMA2,1,dictionaryProperty(size));
let length=Math.ceil((2+filters.length)/4)*4,header=new Uint8Array(length);return header[0]=(length+4)/4-1,header[1]=delta===
void 0?0:1,header.set(filters,2),concatBytes([header,u32le(crc32(header))])}function dictionaryProperty(size){let property2=0;
for(;property2<MOST_DICTIONARY_PROPERTY&&(2+(property2&1))*2**((property2>>1)+11)<size;)property2++;return property2}function u32le(value){
let bytes=new Uint8Array(4);return new DataView(bytes.buffer).setUint32(0,value,!0),bytes}init_text();var HEADER_MAGIC=Uint8Array.of(253,55,122,88,90,0),FOOTER_MAGIC2=Uint8Array.of(89,90),EDGE_LENGTH=12,LZMA2=33,SHORTEST_BLOCK=12,
CHECK_LENGTHS=new Map([[0,0],[1,4],[4,8],[10,32]]);function readXzStream(payload){let size=0,dictionary=0,filtered=!1;for(let block of walkXzBlocks(
payload))dictionary=Math.max(dictionary,block.dictionary),filtered||=block.filters.length>0,size+=block.size;return{size,
dictionary,check:payload[HEADER_MAGIC.length+1],filtered}}function*walkXzBlocks(payload){if(payload.length<HEADER_MAGIC.
length||!equalBytes(payload.subarray(0,HEADER_MAGIC.length),HEADER_MAGIC))throw malformed3("payload is not an .xz stream");
if(payload.length<2*EDGE_LENGTH+8||payload.length%4!==0)throw malformed3(".xz stream is cut short");let header=new Cursor(
payload,"container/malformed",HEADER_MAGIC.length,EDGE_LENGTH),flags=header.take(2);if(crc32(flags)!==header.u32le())throw malformed3(
".xz stream header is damaged");let checkLength2=CHECK_LENGTHS.get(flags[1]);if(flags[0]!==0||checkLength2===void 0)throw malformed3(
".xz stream header has unknown flags");let indexEnd=payload.length-EDGE_LENGTH,indexStart=indexEnd-readFooter(payload.subarray(
indexEnd),flags);if(indexStart<EDGE_LENGTH)throw malformed3(".xz index is larger than the stream");let index=payload.subarray(
indexStart,indexEnd);checkIndex(index,indexStart-EDGE_LENGTH);let at2=EDGE_LENGTH;for(let record2 of recordsOf(openIndex(
index))){let padded2=record2.unpadded+(4-record2.unpadded%4)%4;if(padded2>indexStart-at2)throw malformed3(".xz index lis\
ts a block that is not there");yield readBlock(payload.subarray(at2,at2+padded2),record2,checkLength2),at2+=padded2}if(at2!==
indexStart)throw notStrict("payload holds more than one .xz stream")}function readFooter(footer,flags){if(!equalBytes(footer.
subarray(EDGE_LENGTH-2),FOOTER_MAGIC2))throw malformed3("payload does not end with an .xz footer");let cursor=new Cursor(
footer);if(cursor.u32le()!==crc32(footer.subarray(4,10)))throw malformed3(".xz footer is damaged");let indexLength=(cursor.
u32le()+1)*4;if(!equalBytes(cursor.take(2),flags))throw malformed3(".xz header and footer disagree");return indexLength}
function checkIndex(index,room){if(new Cursor(index,"container/malformed",index.length-4).u32le()!==crc32(index.subarray(
0,-4)))throw malformed3(".xz index is damaged");let opened=openIndex(index);if(opened.count>room/SHORTEST_BLOCK)throw malformed3(
".xz index lists a block that is not there");let total=0;for(let{unpadded,size}of recordsOf(opened))if(total+=size,unpadded<
5||!Number.isSafeInteger(total))throw malformed3(".xz index has an impossible size");let{cursor}=opened;if(cursor.remaining>
3||cursor.rest().some(byte=>byte!==0))throw malformed3(".xz index has no end")}function openIndex(index){let cursor=new Cursor(
index,"container/malformed",0,index.length-4);if(cursor.u8(".xz index")!==0)throw malformed3(".xz index is not where the\
 footer says");return{cursor,count:cursor.length("number of .xz blocks",Math.floor(cursor.remaining/2))}}function*recordsOf({
cursor,count:count2}){for(let i2=0;i2<count2;i2++)yield{unpadded:cursor.length(".xz block length"),size:cursor.length(".\
xz block size")}}function readBlock(block,record2,checkLength2){let headerLength=(block[0]+1)*4;if(block[0]===0||headerLength>
record2.unpadded)throw malformed3(".xz block header is not there");let header=readBlockHeader(block.subarray(0,headerLength),
record2,headerLength+checkLength2),dataEnd=record2.unpadded-checkLength2,yielded=walkChunks(new Cursor(block,"container/\
malformed",headerLength,Math.max(headerLength,dataEnd)));if(yielded!==record2.size)throw malformed3(`.xz index states ${record2.
size} bytes for a block of ${yielded}`);return{...header,lzma2:block.subarray(headerLength,dataEnd),size:record2.size,check:block.
subarray(block.length-checkLength2)}}function readBlockHeader(header,record2,overhead){let cursor=new Cursor(header,"con\
tainer/malformed",1,header.length-4);if(new Cursor(header,"container/malformed",header.length-4).u32le()!==crc32(header.
subarray(0,-4)))throw malformed3(".xz block header is damaged");let flags=cursor.u8();if((flags&60)!==0)throw malformed3(
".xz block header has unknown flags");if((flags&64)!==0&&cursor.length(".xz compressed size")!==record2.unpadded-overhead)
throw malformed3(".xz block header and index disagree");if((flags&128)!==0&&cursor.length(".xz uncompressed size")!==record2.
size)throw malformed3(".xz block header and index disagree");let count2=(flags&3)+1,filters=[];for(let i2=1;i2<count2;i2++){
let id=cursor.length(".xz filter");if(filters.push({id,properties:cursor.take(cursor.length(".xz filter properties",cursor.
remaining))}),id===LZMA2)throw malformed3(".xz block has LZMA2 in the wrong place")}if(cursor.length(".xz filter")!==LZMA2)
throw malformed3(".xz block does not end in LZMA2");if(cursor.length(".xz filter properties")!==1)throw malformed3(".xz \
block has broken LZMA2 properties");let dictionary=dictionarySize(cursor.u8());if(cursor.rest().some(byte=>byte!==0))throw malformed3(
".xz block header has bytes after its filters");return{dictionary,filters}}function dictionarySize(property2){if(property2>
40)throw malformed3(".xz block has a broken dictionary size");let size=property2===40?2**32-1:(2+(property2&1))*2**((property2>>
1)+11);if(size>MAX_XZ_DICTIONARY)throw overLimit(".xz dictionary",size,MAX_XZ_DICTIONARY);return size}function walkChunks(cursor){
let size=0;for(;;){let control=cursor.u8("LZMA2 chunk");if(control===0)break;let low=cursor.u8("LZMA2 chunk")*256+cursor.
u8("LZMA2 chunk")+1;if(control<128){if(control>2)throw malformed3("LZMA2 chunk of an unknown kind");cursor.skip(low,"LZM\
A2 chunk"),size+=low}else{let packed=cursor.u8("LZMA2 chunk")*256+cursor.u8("LZMA2 chunk")+1;if(control>=192&&cursor.u8(
"LZMA2 properties"),cursor.take(packed,"LZMA2 chunk")[0]!==0)throw malformed3("LZMA2 chunk does not begin with a zero");
size+=(control&31)*65536+low}}return cursor.expectEnd("the LZMA2 data"),size}init_errors();var CHECK_NONE=0,CHECK_CRC32=1,CHECK_SHA256=10,FILTER_DELTA2=3,MOST_BLOCKS=4096;async function xzDecompress(stream,size){
let structure=readXzStream(stream);if(structure.size!==size)throw damaged2(`.xz stream states ${structure.size} bytes, e\
xpected ${size}`);if(structure.check===CHECK_SHA256)throw incapable("without a check of SHA-256");return structure.filtered?
decodeFiltered(stream,structure.check):decodePlain(stream,size)}async function decodeFiltered(stream,check){if(check!==CHECK_NONE&&
check!==CHECK_CRC32)throw incapable("with a filter and a check of CRC32 or none");let parts=[];for(let{filters,lzma2,size,
check:sum}of walkXzBlocks(stream)){if(parts.length===MOST_BLOCKS)throw overLimit("blocks of a filtered .xz stream",MOST_BLOCKS+
1,MOST_BLOCKS);let distances=filters.map(({id,properties})=>{if(id!==FILTER_DELTA2||properties.length!==1)throw incapable(
"of LZMA2 and delta only");return properties[0]+1}),data2=await decodePlain(formatXzStream([{lzma2,size}]),size);for(let distance of distances.
reverse())undoDelta(data2,distance);if(check===CHECK_CRC32&&new Cursor(sum).u32le()!==crc32(data2))throw damaged2(".xz b\
lock is damaged");parts.push(data2)}return concatBytes(parts)}function undoDelta(data2,distance){for(let i2=distance;i2<
data2.length;i2++)data2[i2]=data2[i2]+data2[i2-distance]}function incapable(what){return new At1Error("capability/missin\
g",{message:`the portable engines read .xz streams ${what}`,hint:"read this container with the native engines"})}async function decodePlain(stream,size){
let XzReadableStream=await loadDecoder(),reader=new XzReadableStream(streamOf(stream)).getReader(),parts=[],total=0;try{
for(let next3=await reader.read();!next3.done;next3=await reader.read())total+=next3.value.length,total<=size&&parts.push(
next3.value)}catch(cause){throw damaged2(".xz stream is damaged",cause)}if(total!==size)throw damaged2(`.xz stream yield\
s ${total} bytes, expected ${size}`);return concatBytes(parts)}async function loadDecoder(){let loaded3=await Promise.resolve().then(()=>__toESM(require_xz_decompress(),1)),
decoder2=loaded3.XzReadableStream??loaded3.default?.XzReadableStream;if(decoder2===void 0)throw new TypeError("xz-decomp\
ress does not export its decoder");return decoder2}async function xzCompress(){throw new At1Error("capability/missing",{
message:"the portable engines do not compress",hint:"write objects with the native engines"})}function streamOf(bytes){return new ReadableStream(
{start(controller){controller.enqueue(bytes),controller.close()}})}function damaged2(message,cause){return new At1Error(
"container/malformed",{message,cause})}var ab=ArrayBuffer,u83=Uint8Array,u162=Uint16Array,i16=Int16Array;var i322=Int32Array,slc2=function(v,s,e){if(u83.prototype.slice)return u83.prototype.slice.call(v,s,e);(s==null||s<0)&&(s=
0),(e==null||e>v.length)&&(e=v.length);var n=new u83(e-s);return n.set(v.subarray(s,e)),n},fill2=function(v,n,s,e){if(u83.
prototype.fill)return u83.prototype.fill.call(v,n,s,e);for((s==null||s<0)&&(s=0),(e==null||e>v.length)&&(e=v.length);s<e;++s)
v[s]=n;return v},cpw=function(v,t,s,e){if(u83.prototype.copyWithin)return u83.prototype.copyWithin.call(v,t,s,e);for((s==
null||s<0)&&(s=0),(e==null||e>v.length)&&(e=v.length);s<e;)v[t++]=v[s++]};var ec2=["invalid zstd data","window size too large (>2046MB)","invalid block type","FSE accuracy too high","match dista\
nce too far back","unexpected EOF"],err2=function(ind,msg,nt){var e=new Error(msg||ec2[ind]);if(e.code=ind,Error.captureStackTrace&&
Error.captureStackTrace(e,err2),!nt)throw e;return e},rb=function(d,b,n){for(var i2=0,o=0;i2<n;++i2)o|=d[b++]<<(i2<<3);return o},
b4=function(d,b){return(d[b]|d[b+1]<<8|d[b+2]<<16|d[b+3]<<24)>>>0},rzfh=function(dat,w){var n3=dat[0]|dat[1]<<8|dat[2]<<
16;if(n3==3126568&&dat[3]==253){var flg=dat[4],ss=flg>>5&1,cc=flg>>2&1,df=flg&3,fcf=flg>>6;flg&8&&err2(0);var bt=6-ss,db=df==
3?4:df,di=rb(dat,bt,db);bt+=db;var fsb=fcf?1<<fcf:ss,fss=rb(dat,bt,fsb)+(fcf==1&&256),ws=fss;if(!ss){var wb=1<<10+(dat[5]>>
3);ws=wb+(wb>>3)*(dat[5]&7)}ws>2145386496&&err2(1);var buf=new u83((w==1?fss||ws:w?0:ws)+12);return buf[0]=1,buf[4]=4,buf[8]=
8,{b:bt+fsb,y:0,l:0,d:di,w:w&&w!=1?w:buf.subarray(12),e:ws,o:new i322(buf.buffer,0,3),u:fss,c:cc,m:Math.min(131072,ws)}}else if((n3>>
4|dat[3]<<20)==25481893)return b4(dat,4)+8;err2(0)},msb=function(val){for(var bits2=0;1<<bits2<=val;++bits2);return bits2-
1},rfse=function(dat,bt,mal){var tpos=(bt<<3)+4,al=(dat[bt]&15)+5;al>mal&&err2(3);for(var sz=1<<al,probs=sz,sym=-1,re=-1,
i2=-1,ht=sz,buf=new ab(512+(sz<<2)),freq=new i16(buf,0,256),dstate=new u162(buf,0,256),nstate=new u162(buf,512,sz),bb1=512+
(sz<<1),syms=new u83(buf,bb1,sz),nbits=new u83(buf,bb1+sz);sym<255&&probs>0;){var bits2=msb(probs+1),cbt=tpos>>3,msk=(1<<
bits2+1)-1,val=(dat[cbt]|dat[cbt+1]<<8|dat[cbt+2]<<16)>>(tpos&7)&msk,msk1fb=(1<<bits2)-1,msv=msk-probs-1,sval=val&msk1fb;
if(sval<msv?(tpos+=bits2,val=sval):(tpos+=bits2+1,val>msk1fb&&(val-=msv)),freq[++sym]=--val,val==-1?(probs+=val,syms[--ht]=
sym):probs-=val,!val)do{var rbt=tpos>>3;re=(dat[rbt]|dat[rbt+1]<<8)>>(tpos&7)&3,tpos+=2,sym+=re}while(re==3)}(sym>255||probs)&&
err2(0);for(var sympos=0,sstep=(sz>>1)+(sz>>3)+3,smask=sz-1,s=0;s<=sym;++s){var sf=freq[s];if(sf<1){dstate[s]=-sf;continue}
for(i2=0;i2<sf;++i2){syms[sympos]=s;do sympos=sympos+sstep&smask;while(sympos>=ht)}}for(sympos&&err2(0),i2=0;i2<sz;++i2){
var ns=dstate[syms[i2]]++,nb=nbits[i2]=al-msb(ns);nstate[i2]=(ns<<nb)-sz}return[tpos+7>>3,{b:al,s:syms,n:nbits,t:nstate}]},
rhu=function(dat,bt){var i2=0,wc=-1,buf=new u83(292),hb=dat[bt],hw=buf.subarray(0,256),rc=buf.subarray(256,268),ri=new u162(
buf.buffer,268);if(hb<128){var _a3=rfse(dat,bt+1,6),ebt=_a3[0],fdt2=_a3[1];bt+=hb;var epos=ebt<<3,lb=dat[bt];lb||err2(0);
for(var st1=0,st2=0,btr1=fdt2.b,btr2=btr1,fpos=(++bt<<3)-8+msb(lb);fpos-=btr1,!(fpos<epos);){var cbt=fpos>>3;if(st1+=(dat[cbt]|
dat[cbt+1]<<8)>>(fpos&7)&(1<<btr1)-1,hw[++wc]=fdt2.s[st1],fpos-=btr2,fpos<epos)break;cbt=fpos>>3,st2+=(dat[cbt]|dat[cbt+
1]<<8)>>(fpos&7)&(1<<btr2)-1,hw[++wc]=fdt2.s[st2],btr1=fdt2.n[st1],st1=fdt2.t[st1],btr2=fdt2.n[st2],st2=fdt2.t[st2]}++wc>
255&&err2(0)}else{for(wc=hb-127;i2<wc;i2+=2){var byte=dat[++bt];hw[i2]=byte>>4,hw[i2+1]=byte&15}++bt}var wes=0;for(i2=0;i2<
wc;++i2){var wt=hw[i2];wt>11&&err2(0),wes+=wt&&1<<wt-1}var mb=msb(wes)+1,ts=1<<mb,rem=ts-wes;for(rem&rem-1&&err2(0),hw[wc++]=
msb(rem)+1,i2=0;i2<wc;++i2){var wt=hw[i2];++rc[hw[i2]=wt&&mb+1-wt]}var hbuf=new u83(ts<<1),syms=hbuf.subarray(0,ts),nb=hbuf.
subarray(ts);for(ri[mb]=0,i2=mb;i2>0;--i2){var pv=ri[i2];fill2(nb,i2,pv,ri[i2-1]=pv+rc[i2]*(1<<mb-i2))}for(ri[0]!=ts&&err2(
0),i2=0;i2<wc;++i2){var bits2=hw[i2];if(bits2){var code2=ri[bits2];fill2(syms,i2,code2,ri[bits2]=code2+(1<<mb-bits2))}}return[
bt,{n:nb,b:mb,s:syms}]},dllt=rfse(new u83([81,16,99,140,49,198,24,99,12,33,196,24,99,102,102,134,70,146,4]),0,6)[1],dmlt=rfse(
new u83([33,20,196,24,99,140,33,132,16,66,8,33,132,16,66,8,33,68,68,68,68,68,68,68,68,36,9]),0,6)[1],doct=rfse(new u83([
32,132,16,66,102,70,68,68,68,68,36,73,2]),0,5)[1],b2bl=function(b,s){for(var len=b.length,bl=new i322(len),i2=0;i2<len;++i2)
bl[i2]=s,s+=1<<b[i2];return bl},llb=new u83(new i322([0,0,0,0,16843009,50528770,134678020,202050057,269422093]).buffer,0,
36),llbl=b2bl(llb,0),mlb=new u83(new i322([0,0,0,0,0,0,0,0,16843009,50528770,117769220,185207048,252579084,16]).buffer,0,
53),mlbl=b2bl(mlb,3),dhu=function(dat,out,hu){var len=dat.length,ss=out.length,lb=dat[len-1],msk=(1<<hu.b)-1,eb=-hu.b;lb||
err2(0);for(var st=0,btr=hu.b,pos=(len<<3)-8+msb(lb)-btr,i2=-1;pos>eb&&i2<ss;){var cbt=pos>>3,val=(dat[cbt]|dat[cbt+1]<<
8|dat[cbt+2]<<16)>>(pos&7);st=(st<<btr|val)&msk,out[++i2]=hu.s[st],pos-=btr=hu.n[st]}(pos!=eb||i2+1!=ss)&&err2(0)},dhu4=function(dat,out,hu){
var bt=6,ss=out.length,sz1=ss+3>>2,sz2=sz1<<1,sz3=sz1+sz2;dhu(dat.subarray(bt,bt+=dat[0]|dat[1]<<8),out.subarray(0,sz1),
hu),dhu(dat.subarray(bt,bt+=dat[2]|dat[3]<<8),out.subarray(sz1,sz2),hu),dhu(dat.subarray(bt,bt+=dat[4]|dat[5]<<8),out.subarray(
sz2,sz3),hu),dhu(dat.subarray(bt),out.subarray(sz3),hu)},rzb=function(dat,st,out){var _a3,bt=st.b,b0=dat[bt],btype=b0>>1&
3;st.l=b0&1;var sz=b0>>3|dat[bt+1]<<5|dat[bt+2]<<13,ebt=(bt+=3)+sz;if(btype==1)return bt>=dat.length?void 0:(st.b=bt+1,out?
(fill2(out,dat[bt],st.y,st.y+=sz),out):fill2(new u83(sz),dat[bt]));if(!(ebt>dat.length)){if(btype==0)return st.b=ebt,out?
(out.set(dat.subarray(bt,ebt),st.y),st.y+=sz,out):slc2(dat,bt,ebt);if(btype==2){var b3=dat[bt],lbt=b3&3,sf=b3>>2&3,lss=b3>>
4,lcs=0,s4=0;lbt<2?sf&1?lss|=dat[++bt]<<4|(sf&2&&dat[++bt]<<12):lss=b3>>3:(s4=sf,sf<2?(lss|=(dat[++bt]&63)<<4,lcs=dat[bt]>>
6|dat[++bt]<<2):sf==2?(lss|=dat[++bt]<<4|(dat[++bt]&3)<<12,lcs=dat[bt]>>2|dat[++bt]<<6):(lss|=dat[++bt]<<4|(dat[++bt]&63)<<
12,lcs=dat[bt]>>6|dat[++bt]<<2|dat[++bt]<<10)),++bt;var buf=out?out.subarray(st.y,st.y+st.m):new u83(st.m),spl=buf.length-
lss;if(lbt==0)buf.set(dat.subarray(bt,bt+=lss),spl);else if(lbt==1)fill2(buf,dat[bt++],spl);else{var hu=st.h;if(lbt==2){
var hud=rhu(dat,bt);lcs+=bt-(bt=hud[0]),st.h=hu=hud[1]}else hu||err2(0);(s4?dhu4:dhu)(dat.subarray(bt,bt+=lcs),buf.subarray(
spl),hu)}var ns=dat[bt++];if(ns){ns==255?ns=(dat[bt++]|dat[bt++]<<8)+32512:ns>127&&(ns=ns-128<<8|dat[bt++]);var scm=dat[bt++];
scm&3&&err2(0);for(var dts=[dmlt,doct,dllt],i2=2;i2>-1;--i2){var md2=scm>>(i2<<1)+2&3;if(md2==1){var rbuf=new u83([0,0,dat[bt++]]);
dts[i2]={s:rbuf.subarray(2,3),n:rbuf.subarray(0,1),t:new u162(rbuf.buffer,0,1),b:0}}else md2==2?(_a3=rfse(dat,bt,9-(i2&1)),
bt=_a3[0],dts[i2]=_a3[1]):md2==3&&(st.t||err2(0),dts[i2]=st.t[i2])}var _b2=st.t=dts,mlt=_b2[0],oct=_b2[1],llt=_b2[2],lb=dat[ebt-
1];lb||err2(0);var spos=(ebt<<3)-8+msb(lb)-llt.b,cbt=spos>>3,oubt=0,lst=(dat[cbt]|dat[cbt+1]<<8)>>(spos&7)&(1<<llt.b)-1;
cbt=(spos-=oct.b)>>3;var ost=(dat[cbt]|dat[cbt+1]<<8)>>(spos&7)&(1<<oct.b)-1;cbt=(spos-=mlt.b)>>3;var mst=(dat[cbt]|dat[cbt+
1]<<8)>>(spos&7)&(1<<mlt.b)-1;for(++ns;--ns;){var llc=llt.s[lst],lbtr=llt.n[lst],mlc=mlt.s[mst],mbtr=mlt.n[mst],ofc=oct.
s[ost],obtr=oct.n[ost];cbt=(spos-=ofc)>>3;var ofp=1<<ofc,off=ofp+((dat[cbt]|dat[cbt+1]<<8|dat[cbt+2]<<16|dat[cbt+3]<<24)>>>
(spos&7)&ofp-1);cbt=(spos-=mlb[mlc])>>3;var ml=mlbl[mlc]+((dat[cbt]|dat[cbt+1]<<8|dat[cbt+2]<<16)>>(spos&7)&(1<<mlb[mlc])-
1);cbt=(spos-=llb[llc])>>3;var ll=llbl[llc]+((dat[cbt]|dat[cbt+1]<<8|dat[cbt+2]<<16)>>(spos&7)&(1<<llb[llc])-1);if(cbt=(spos-=
lbtr)>>3,lst=llt.t[lst]+((dat[cbt]|dat[cbt+1]<<8)>>(spos&7)&(1<<lbtr)-1),cbt=(spos-=mbtr)>>3,mst=mlt.t[mst]+((dat[cbt]|dat[cbt+
1]<<8)>>(spos&7)&(1<<mbtr)-1),cbt=(spos-=obtr)>>3,ost=oct.t[ost]+((dat[cbt]|dat[cbt+1]<<8)>>(spos&7)&(1<<obtr)-1),off>3)
st.o[2]=st.o[1],st.o[1]=st.o[0],st.o[0]=off-=3;else{var idx=off-(ll!=0);idx?(off=idx==3?st.o[0]-1:st.o[idx],idx>1&&(st.o[2]=
st.o[1]),st.o[1]=st.o[0],st.o[0]=off):off=st.o[0]}for(var i2=0;i2<ll;++i2)buf[oubt+i2]=buf[spl+i2];oubt+=ll,spl+=ll;var stin=oubt-
off;if(stin<0){var len=-stin,bs=st.e+stin;len>ml&&(len=ml);for(var i2=0;i2<len;++i2)buf[oubt+i2]=st.w[bs+i2];oubt+=len,ml-=
len,stin=0}for(var i2=0;i2<ml;++i2)buf[oubt+i2]=buf[stin+i2];oubt+=ml}if(oubt!=spl)for(;spl<buf.length;)buf[oubt++]=buf[spl++];else
oubt=buf.length;out?st.y+=oubt:buf=slc2(buf,0,oubt)}else if(out){if(st.y+=lss,spl)for(var i2=0;i2<lss;++i2)buf[i2]=buf[spl+
i2]}else spl&&(buf=slc2(buf,spl));return st.b=ebt,buf}err2(2)}},cct=function(bufs,ol){if(bufs.length==1)return bufs[0];for(var buf=new u83(
ol),i2=0,b=0;i2<bufs.length;++i2){var chk=bufs[i2];buf.set(chk,b),b+=chk.length}return buf};var Decompress=(function(){function Decompress2(ondata){this.ondata=ondata,this.c=[],this.l=0,this.z=0}return Decompress2.
prototype.push=function(chunk,final){if(typeof this.s=="number"){var sub=Math.min(chunk.length,this.s);chunk=chunk.subarray(
sub),this.s-=sub}var sl=chunk.length,ncs=sl+this.l;if(!this.s){if(final){if(!ncs){this.ondata(new u83(0),!0);return}ncs<
5&&err2(5)}else if(ncs<18){this.c.push(chunk),this.l=ncs;return}if(this.l&&(this.c.push(chunk),chunk=cct(this.c,ncs),this.
c=[],this.l=0),typeof(this.s=rzfh(chunk))=="number")return this.push(chunk,final)}if(typeof this.s!="number"){if(ncs<(this.
z||3)){final&&err2(5),this.c.push(chunk),this.l=ncs;return}if(this.l&&(this.c.push(chunk),chunk=cct(this.c,ncs),this.c=[],
this.l=0),!this.z&&ncs<(this.z=chunk[this.s.b]&2?4:3+(chunk[this.s.b]>>3|chunk[this.s.b+1]<<5|chunk[this.s.b+2]<<13))){final&&
err2(5),this.c.push(chunk),this.l=ncs;return}else this.z=0;for(;;){var blk=rzb(chunk,this.s);if(blk)this.ondata(blk,!1),
cpw(this.s.w,0,blk.length),this.s.w.set(blk,this.s.w.length-blk.length);else{final&&err2(5);var adc=chunk.subarray(this.
s.b);this.s.b=0,this.c.push(adc),this.l+=adc.length;return}if(this.s.l){var rest=chunk.subarray(this.s.b);this.s=this.s.
c*4,this.push(rest,final);return}}}else final&&err2(5)},Decompress2})();init_writer();var DATA_MAGIC=4247762216,SKIPPABLE_MAGIC=407710288,MAX_BLOCK=128*1024,MIN_COMPRESSED=2;function isSkippableFrame(start2,length=start2.
length){if(start2.length<8)return!1;let cursor=new Cursor(start2);return(cursor.u32le()&4294967280)>>>0!==SKIPPABLE_MAGIC?
!1:cursor.u32le()===length-8}function readZstdFrame(payload){let cursor=new Cursor(payload),frame=readFrameHeader(cursor),
most=walkBlocks(cursor);if(frame.checksum&&cursor.take(4,"zstd checksum"),cursor.remaining!==0)throw notStrict(`${cursor.
remaining} bytes after the zstd frame`);if(frame.size>most)throw malformed3(`zstd frame states ${frame.size} bytes, its \
blocks yield at most ${most}`);return frame}function readFrameHeader(cursor){let magic=cursor.u32le("zstd magic");if((magic&
4294967280)>>>0===SKIPPABLE_MAGIC)throw notStrict("zstd payload starts with a skippable frame");if(magic!==DATA_MAGIC)throw malformed3(
"payload is not a zstd frame");let descriptor=cursor.u8("zstd frame header"),singleSegment=(descriptor&32)!==0;if((descriptor&
16)!==0)throw notStrict("zstd frame header has its unused bit set");if((descriptor&8)!==0)throw malformed3("zstd frame h\
eader has its reserved bit set");if((descriptor&3)!==0)throw malformed3("zstd frame asks for a dictionary");let window=0;
if(!singleSegment){let byte=cursor.u8("zstd window"),base=2**(10+(byte>>3));if(window=base+base/8*(byte&7),window>MAX_ZSTD_WINDOW)
throw overLimit("zstd window",window,MAX_ZSTD_WINDOW)}let size=readContentSize(cursor,descriptor>>6,singleSegment);return{
size,window:singleSegment?size:window,checksum:(descriptor&4)!==0}}function readContentSize(cursor,flag,singleSegment){if(flag===
1)return cursor.u8("zstd content size")+256*cursor.u8("zstd content size")+256;if(flag===2)return cursor.u32le("zstd con\
tent size");if(flag===3){let size=cursor.u64le("zstd content size");if(size>BigInt(Number.MAX_SAFE_INTEGER))throw malformed3(
`zstd content size ${size} is not a size`);return Number(size)}if(!singleSegment)throw malformed3("zstd frame does not s\
tate its content size");return cursor.u8("zstd content size")}function walkBlocks(cursor){let{bytes,offset,remaining}=cursor,
most=0;for(let moved=0;;){let at2=offset+moved;moved+=3,moved>remaining&&cursor.skip(moved,"zstd block header");let header=bytes[at2]|
bytes[at2+1]<<8|bytes[at2+2]<<16,kind=header>>1&3,size=header>>3;if(kind===3)throw malformed3("zstd block of the reserve\
d kind");if(size>MAX_BLOCK||kind===2&&size<MIN_COMPRESSED)throw malformed3(`zstd block of ${size} bytes`);if(moved+=kind===
1?1:size,(moved>remaining||(header&1)===1)&&cursor.skip(moved,"zstd block"),most+=kind===2?MAX_BLOCK:size,(header&1)===1)
return most}}init_errors();var PUSH_LENGTH2=16*1024;async function zstdDecompress(frame,size){let stated=readZstdFrame(frame).size;if(stated!==
size)throw damaged3(`zstd frame states ${stated} bytes, expected ${size}`);let parts=[],total=0,engine=new Decompress(part=>{
total+=part.length,total<=size&&parts.push(part)});try{for(let at2=0;at2<frame.length&&total<=size;at2+=PUSH_LENGTH2)engine.
push(frame.subarray(at2,at2+PUSH_LENGTH2),at2+PUSH_LENGTH2>=frame.length)}catch(cause){throw damaged3("zstd frame is dam\
aged",cause)}if(total!==size)throw damaged3(`zstd frame yields ${total} bytes or more, expected ${size}`);return concatBytes(
parts)}async function zstdCompress(){throw new At1Error("capability/missing",{message:"the portable engines do not compr\
ess",hint:"write objects with the native engines"})}function damaged3(message,cause){return new At1Error("container/malf\
ormed",{message,cause})}async function createPortableEngines(){return{name:"portable",sha256:data2=>sha256(data2),sha256Aside:async data2=>sha256(
data2),sha512:data2=>sha512(data2),sha1:data2=>sha1(data2),blake3:data2=>blake3(data2),newSha256:()=>hasherOf(sha256.create()),
newBlake3:()=>hasherOf(blake3.create()),newSha256Aside:()=>asideHere(hasherOf(sha256.create())),zstdCompress,zstdDecompress,
xzCompress,xzDecompress,kernel:loadKernel,inflate:inflate3,ed25519Verify:strictVerify2,ed25519VerifyAside:async(signature,message,publicKey)=>strictVerify2(
signature,message,publicKey),ed25519KeyIsStrong:keyIsStrong2}}function hasherOf(hash){return{update:data2=>{hash.update(
data2)},digest:()=>hash.digest()}}async function createEnginesWithoutPackages(){return{...await createPortableEngines(),...hashes,name:"native",inflate:inflate2,
ed25519Verify:strictVerify,ed25519VerifyAside:strictVerifyAside,ed25519KeyIsStrong:keyIsStrong}}import{homedir}from"node:os";import{delimiter,join as join9}from"node:path";function repositoryOptions(environment){let{home,xdgConfigHome,git,lazyFetch,quarantine,variables}=environment,lentObjects=[
...quarantine?.objectDirectory===void 0?[]:[quarantine.objectDirectory],...parseAlternatesVariable(quarantine?.alternateObjectDirectories??
"",delimiter)];return{home,xdgConfigHome,git,lazyFetch,lentObjects,environment:variables}}function defaultEnvironment(given={}){
let home=given.home??homedir();return{configDir:join9(home,".config","at1"),stateDir:join9(home,".local","state","at1"),
git:"git",variables:{},now:()=>new Date,...given,home}}init_errors();init_oid();init_ref_name();var STEPS_BACK=/^([^~^]+)((?:~[0-9]{0,6}|\^)+)$/;async function resolveMoment(text,present,reader,refs,repository){let[,
name=text,back=""]=STEPS_BACK.exec(text)??[],oid=await resolveName(name,present,reader,refs,repository);for(let[step]of back.
matchAll(/~[0-9]*|\^/g)){let count2=step==="^"||step==="~"?1:Number(step.slice(1));for(let n=0;n<count2;n++){let parent=repository.
shallow.has(oid)?void 0:(await readCommit(reader,oid)).parents[0];if(parent===void 0)throw nothing(text);oid=parent}}return oid}
async function resolveName(text,present,reader,refs,repository){if(isOid(text))return peel(reader,parseOid(text));for(let name of[
text,`refs/tags/${text}`,`refs/heads/${text}`,`refs/remotes/${text}`]){if(name!=="HEAD"&&!(name.startsWith("refs/")&&isValidRefName(
name)))continue;let oid=name==="HEAD"?present:refs.resolve(name);if(oid!==void 0)return peel(reader,oid)}if(present===void 0)
throw nothing(text);let mainline=await readMainline(reader,present,{shallow:repository.shallow});if(isAbbreviation(text)){
let found=mainline.commits.filter(oid=>oid.startsWith(text)),[only]=found;if(only!==void 0&&found.length===1)return only}
let time=Date.parse(text);if(looksLikeDate(text)&&Number.isFinite(time)){for(let oid of[...mainline.commits].reverse())if((await readCommit(
reader,oid)).committer.seconds*1e3<=time)return oid;throw new At1Error("artifact/not-found",{message:`the registry has n\
o commit as old as ${text}`})}throw nothing(text)}function nothing(text){return new At1Error("artifact/not-found",{message:`\
no commit, tag or date '${text.slice(0,80)}'`,hint:"give a commit, a tag such as model/name@v1.0.0, or a date such as 20\
26-01-31T12:00:00Z"})}async function peel(reader,oid){let next3=oid;for(let depth=0;depth<8;depth++){let object=await reader.
read(next3);if(object.type==="commit")return next3;if(object.type!=="tag")break;next3=parseTag(object.bytes).object}throw new At1Error(
"artifact/not-found",{message:`${oid} is not a commit`})}function isAbbreviation(text){return text.length>=7&&text.length<
40&&[...text].every(c=>c>="0"&&c<="9"||c>="a"&&c<="f")}function looksLikeDate(text){return text.length>=10&&text[4]==="-"&&
text[7]==="-"}async function openRegistry(options){let environment=defaultEnvironment(options.environment),expectedRoot=environment.root===
void 0?void 0:parseDigest(environment.root),start2=resolve4(options.dir),repository=await openAt(start2,environment),engines=await createEnginesWithoutPackages(),
reader=new GitReader(repository),refs=new Refs(repository),present=refs.head().oid,{workTree}=repository,root=workTree===
void 0||options.prefix!==void 0?void 0:findRoot(start2,workTree);if(present===void 0&&!(options.at!==void 0&&isOid(options.
at))){let fetched=refs.list("refs/remotes/")[0]?.name.split("/").slice(3).join("/");throw new At1Error(root===void 0?"re\
gistry/not-found":"registry/empty-history",{message:root===void 0?`no registry in ${start2}`:"the repository has no comm\
it yet",hint:fetched===void 0?"run at1 init to start a registry":`check a branch out: git switch ${fetched}`})}let head=options.
at===void 0&&present!==void 0?present:await resolveMoment(options.at??"HEAD",present,reader,refs,repository),prefix=root===
void 0?options.prefix??await findPrefix(reader,head,start2):relative2(repository.workTree??root,root).split(sep2).join("\
/"),config=await configAt2(reader,head,prefix,start2);return{root:root??placeOf(repository,prefix),prefix,config,repository,
reader,refs,engines,environment,head,past:options.at!==void 0,expectedRoot}}function placeOf({workTree,gitDir},prefix){return workTree===
void 0?gitDir:join10(workTree,...prefix.split("/"))}function historySource(registry){let{reader,engines,prefix,repository}=registry;
return{reader,engines,prefix,shallow:repository.shallow}}async function openAt(start2,environment){try{return await openRepository(
start2,repositoryOptions(environment))}catch(error){throw error instanceof At1Error&&error.code==="git/not-a-repository"?
new At1Error("registry/not-found",{message:`no registry in ${start2} or above`,hint:"run at1 init, or name the registry \
with --registry DIR",cause:error}):error}}function findRoot(start2,workTree){for(let dir=start2;;dir=resolve4(dir,"..")){
if(statSync(join10(dir,CONFIG_PATH),{throwIfNoEntry:!1})?.isDirectory()===!1)return dir;if(dir===workTree||dir===resolve4(
dir,".."))return}}async function findPrefix(reader,head,start2){let found=await registryFolders(reader,head),[only]=found;
if(only!==void 0&&found.length===1)return only;throw new At1Error("registry/not-found",{message:`no registry in ${start2}`,
hint:found.length===0?"run at1 init to start one":`name one of: ${found.join(", ")}`})}async function registryFolders(reader,commit){
let root=(await readCommit(reader,commit)).tree;if(await isRegistry(reader,root))return[""];let found=[];for(let entry2 of await readTreeEntries(
reader,root))entry2.mode==="40000"&&await isRegistry(reader,entry2.oid)&&found.push(entry2.name);return found}async function isRegistry(reader,tree){
let entry2=await findEntry(reader,tree,CONFIG_PATH);return entry2!==void 0&&entry2.mode!=="40000"}async function configAt2(reader,head,prefix,start2){
let tree=await registryTreeAt({reader,prefix},head),entry2=tree===void 0?void 0:await findEntry(reader,tree,CONFIG_PATH);
if(entry2===void 0)throw new At1Error("registry/not-found",{message:`commit ${head.slice(0,12)} holds no registry in ${prefix===
""?start2:prefix}`,hint:"run at1 init, or choose another --at"});if(!entry2.mode.startsWith("100"))throw new At1Error("r\
egistry/not-found",{message:`at1.toml is not a plain file in commit ${head.slice(0,12)}`,hint:"look at an earlier commit\
 with --at"});return readConfig(await readSmallBlob(reader,entry2.oid,CONFIG_LIMIT))}async function loadState(registry,options={}){let tip=options.tip??registry.head;if(options.from?.state.head===tip)return options.
from;let from=options.from?.state??await nearestCatalog(registry,tip);if(from?.head===tip)return{state:from,policy:loadPolicy(
await readBlob(registry.reader,from.policy.blob),registry.engines)};let{reader,lacks:lacks2}=attentive(registry.reader),
{state,policy}=await foldHistory({...historySource(registry),reader},tip,{from});return!lacks2()&&isLasting(state)&&await keep(
registry,state,options.isTarget===!0),{state,policy}}async function nearestCatalog(registry,tip){if(!isCacheable(registry))
return;let place2=catalogPlace(registry),{reader,repository}=registry;for(let load of[loadCatalog,loadTargetCatalog]){let found=await load(
place2);if(found?.root.complete!==!0)continue;let{end:end2}=await readMainline(reader,tip,{shallow:repository.shallow,until:found.
head});if(end2==="until")return found}}async function keep(registry,state,isTarget){if(!isCacheable(registry))return;let place2=catalogPlace(
registry);!registry.past&&isPresent(registry,state.head)?await saveCatalog(place2,state):isTarget&&state.root.complete&&
await saveTargetCatalog(place2,state)}function isCacheable({environment,repository}){return environment.cache!==!1&&repository.
shallow.size===0&&!repository.partial}function isPresent(registry,tip){return new Refs(registry.repository).head().oid===
tip}function attentive(reader){let lacking=!1;return{reader:{read:async(oid,limit)=>{try{return await reader.read(oid,limit)}catch(error){
throw(isDamage(error)||error instanceof At1Error&&error.code==="git/object-missing")&&(lacking=!0),error}}},lacks:()=>lacking}}
function isLasting(state){let rows=[...state.versions.values(),...state.events.values(),...state.evidence.values()];return![
...state.findings,...rows.flatMap(({problems})=>problems)].some(({code:code2})=>code2.startsWith("git/"))}function catalogPlace(registry){
return{root:registry.repository.workTree===void 0?void 0:registry.root,stateDir:registry.environment.stateDir,registry:registry.
config.id,prefix:registry.prefix,sha256:registry.engines.sha256}}init_text();init_errors();var PRIVATE_KEY_LABEL="OPENSSH PRIVATE KEY",MAGIC4=utf8("openssh-key-v1\0"),PLAIN_BLOCK=8,AES_BLOCK=16;function parsePrivateKeyContainer(text){
let cursor=new Cursor(parseArmorText(PRIVATE_KEY_LABEL,text,"key/invalid"),"key/invalid");equalBytes(cursor.take(MAGIC4.
length,"magic"),MAGIC4)||cursor.fail("magic is not openssh-key-v1");let cipher=readName(cursor,"cipher"),kdf=readName(cursor,
"key derivation"),encryption=parseEncryption(cipher,kdf,readString(cursor,"key derivation options")),count2=cursor.u32be(
"number of keys");if(count2!==1)throw new At1Error("key/unsupported",{message:`the file holds ${count2} keys, not one`});
let publicKey=decodePublicBlob(readString(cursor,"public key")),section2=readString(cursor,"private section");cursor.expectEnd(
"private key file");let block=encryption===void 0?PLAIN_BLOCK:AES_BLOCK;return(section2.length===0||section2.length%block!==
0)&&cursor.fail(`private section of ${section2.length} bytes`),{publicKey:publicKey.slice(),encryption,section:section2.
slice()}}function parseEncryption(cipher,kdf,options){if(cipher==="none"&&kdf==="none"){if(options.length!==0)throw new At1Error(
"key/invalid",{message:"a plain key has key derivation options"});return}if(cipher!=="aes256-ctr"||kdf!=="bcrypt")throw new At1Error(
"key/unsupported",{message:`private key file encrypted with ${cipher} and ${kdf}`,hint:"load it into an ssh-agent, or wr\
ite it anew with `ssh-keygen -p -Z aes256-ctr -f FILE`",facts:{cipher,kdf}});let cursor=new Cursor(options,"key/invalid"),
salt=readString(cursor,"salt").slice(),rounds=cursor.u32be("rounds");if(cursor.expectEnd("key derivation options"),salt.
length===0||rounds===0)throw new At1Error("key/invalid",{message:"empty salt or zero rounds"});return{cipher,kdf,salt,rounds}}init_errors();init_writer();init_text();init_errors();function readHead(bytes){if(bytes.length<HEAD_LENGTH||!equalBytes(bytes.subarray(0,MAGIC3.length),MAGIC3))throw malformed3(
"not an AT-1 container");let mode=bytes[3];if(mode!==MODE_WHOLE&&mode!==MODE_STREAM)throw malformed3(`unknown container \
mode ${mode}`);let codec=bytes[4];if(codecName(codec)===void 0)throw malformed3(`unknown codec ${codec}`);return{mode:mode===
MODE_WHOLE?"whole":"stream",codec}}function demandRaw(head){if(head.codec!==CODEC_RAW)throw new At1Error("container/unsupported",{message:`container uses t\
he codec ${codecName(head.codec)}, which is not supported`,hint:"only containers of codec raw can be read",facts:{codec:head.
codec}})}init_writer();init_errors();function readPayload(backend,bytes){return backend==="stored"?{backend,bytes,size:bytes.length}:{backend,bytes,size:backend===
"zstd"?readZstdFrame(bytes).size:readXzStream(bytes).size}}async function decodePayload(payload,engines){if(payload.backend===
"stored")return payload.bytes;let data2=payload.backend==="zstd"?await engines.zstdDecompress(payload.bytes,payload.size):
await engines.xzDecompress(payload.bytes,payload.size);if(data2.length!==payload.size)throw malformed3(`${payload.backend}\
 payload yields ${data2.length} bytes and states ${payload.size}`);return data2}function readVarint(cursor,what){let start2=cursor.offset,value=cursor.varint(what),length=cursor.offset-start2;if(length>
1&&cursor.bytes[cursor.offset-1]===0)throw notStrict(`${what} is a varint of ${length} bytes with leading zeros`);if(value>
BigInt(Number.MAX_SAFE_INTEGER))throw malformed3(`${what} ${value} is not a size`);return Number(value)}function readStreamSet(cursor,limit){let count2=readVarint(cursor,"number of streams");if(count2>MAX_STREAMS)throw malformed3(
`${count2} streams, ${MAX_STREAMS} are the most`);let streams=[],names=new Set,total=0;for(let i2=0;i2<count2;i2++){let name=readName2(
cursor);if(names.has(name))throw notStrict(`two streams have the name ${name}`);names.add(name);let backend=parseBackend(
cursor.u8("backend")),payload=readPayload(backend,cursor.take(readVarint(cursor,"stream length"),"stream"));if(total+=payload.
size,total>limit)throw overLimit("streams of a codec",total,limit);streams.push({name,payload})}if(cursor.remaining>0)throw notStrict(
`${cursor.remaining} bytes after the streams`);return streams}function readName2(cursor){return parseStreamName(cursor.take(readVarint(cursor,"length of a stream name"),"stream name"))}
function parseStreamName(bytes){if(!isName2(bytes))throw malformed3(`name of a stream of ${bytes.length} bytes is not 1 \
to 31 visible ASCII characters`);return String.fromCharCode(...bytes)}function isName2(bytes){return bytes.length>0&&bytes.
length<=MAX_STREAM_NAME&&bytes.every(byte=>byte>32&&byte<127)}var FRAME_HEAD=2,STORED=formatBackend("stored");function readFrameLength(cursor){let length=readVarint(cursor,"frame len\
gth");if(length===0)throw malformed3("frame of length 0");return length}function readCodecFrame(frame,limit){if(frame[0]===
METHOD_CODEC)return readStreamSet(new Cursor(frame,"container/malformed",1),limit)}function isStoredFrame(head){return head[0]===
METHOD_RAW&&head[1]===STORED}function readFrame(frame){let method=frame[0];if(method===METHOD_CODEC)throw new At1Error("\
container/malformed",{message:"codec frame in a container of codec raw"});if(method!==METHOD_RAW)throw notStrict(`unknow\
n frame method ${method}`);if(frame.length<2)throw malformed3("frame without a backend");let backend=parseBackend(frame[1]),
bytes=frame.subarray(2);return backend==="zstd"&&isSkippableFrame(bytes)?"index":readPayload(backend,bytes)}function limitsOf(options,unbounded){let output2=Math.min(options.maxOutput??options.size??(unbounded?Number.MAX_SAFE_INTEGER:
MAX_WHOLE_OUTPUT),options.size??Number.MAX_SAFE_INTEGER),whole=Math.min(output2,options.maxOutput??options.size??MAX_WHOLE_OUTPUT);
return{size:options.size,output:output2,frame:options.maxFrameOutput??MAX_FRAME_OUTPUT,whole}}function checkOutput(total,limits){
if(total>limits.output)throw overLimit("output of the container",total,limits.output)}function checkComplete(total,limits){
if(limits.size!==void 0&&total!==limits.size)throw malformed3(`container yields ${total} bytes, ${limits.size} are expec\
ted`)}init_text();init_errors();function findTrailer(tail){if(tail.length<TRAILER_LENGTH)return;let trailer=tail.subarray(tail.length-TRAILER_LENGTH);return equalBytes(
trailer.subarray(DIGEST_LENGTH),TRAILER_MAGIC)?trailer.subarray(0,DIGEST_LENGTH):void 0}function demandTrailer(tail){let digest=findTrailer(
tail);if(digest===void 0)throw new At1Error("container/trailer-missing",{message:"container does not end with an integri\
ty trailer",hint:"it is cut short, damaged, or was written without the digest of its content"});return digest}function expectDigest(found,expected){if(!equalBytes(found,expected))throw new At1Error("container/digest-mismatch",{message:"\
decoded data does not match the digest in the trailer",hint:"the container is damaged: fetch it again"})}async function decodeWhole(container,engines,options={}){return(await decodeStructure(readStructure(container,options),engines)).
data}async function decodeStructure(structure,engines){let data2=await output(structure,engines),sha2562=await engines.sha256Aside(
data2);return expectDigest(sha2562,structure.sha256),{data:data2,sha256:sha2562}}function readStructure(container,options={}){
let limits=limitsOf(options,!1),head=readHead(container);head.codec===CODEC_BUNDLE&&demandRaw(head);let sha2562=demandTrailer(
container.subarray(HEAD_LENGTH));demandRaw(head);let body=new Cursor(container,"container/malformed",HEAD_LENGTH,container.
length-TRAILER_LENGTH),payloads=head.mode==="whole"?[readWholeBody(body,limits)]:readFrames(body,limits),size=0;for(let payload of payloads)
size+=payload.size;return checkComplete(size,limits),{mode:head.mode,payloads,size,sha256:sha2562}}function readWholeBody(body,limits){
let payload=readPayload(parseBackend(body.u8("backend")),body.rest());return checkOutput(payload.size,limits),payload}function readFrames(body,limits){
readVarint(body,"block hint");let payloads=[],total=0;for(;body.remaining>0;){let length=readFrameLength(body),frame=readFrame(
body.take(length,"frame"));if(frame==="index"){if(body.remaining>0)throw malformed3("index frame before the end of the c\
ontainer");break}total+=frame.size,checkOutput(total,limits),payloads.push(frame)}return payloads}async function output(structure,engines){
let[first]=structure.payloads;if(structure.payloads.length===1&&first!==void 0)return decodePayload(first,engines);let parts=[];
for(let payload of structure.payloads)parts.push(await decodePayload(payload,engines));return concatBytes(parts)}async function*joinCrumbs(pieces){let joined=new Uint8Array(0),length=0;for await(let piece of pieces){if(length>0&&(piece.
length>=4096||length+piece.length>65536)&&(yield joined.subarray(0,length),length=0,joined=new Uint8Array(0)),piece.length>=
4096){yield piece;continue}joined.length===0&&(joined=new Uint8Array(65536)),joined.set(piece,length),length+=piece.length}
length>0&&(yield joined.subarray(0,length))}init_writer();var LONG_PART=1024*1024,TailSource=class{#chunks;#parts=[];#buffered=0;#ended=!1;#taken=0;constructor(source){this.#chunks=
source[Symbol.asyncIterator]()}get taken(){return this.#taken}async available(wanted){for(;!this.#ended&&this.#buffered<
wanted+TRAILER_LENGTH;){let next3=await this.#chunks.next();next3.done===!0?this.#ended=!0:next3.value.length>0&&(this.#parts.
push(next3.value),this.#buffered+=next3.value.length)}return Math.max(0,Math.min(wanted,this.#buffered-TRAILER_LENGTH))}peek(length){
return this.#gather(length),length===0?new Uint8Array(0):this.#parts[0].subarray(0,length)}take(length){let bytes=this.peek(
length);if(length>0){let first=this.#parts[0];first.length===length?this.#parts.shift():this.#parts[0]=first.subarray(length),
this.#buffered-=length,this.#taken+=length}return bytes}takeParts(length){if(this.#isInShortParts(length))return[this.take(
length)];let parts=[];for(let left=length;left>0;){let part=this.take(Math.min(left,this.#parts[0].length));parts.push(part),
left-=part.length}return parts}#isInShortParts(length){let count2=0;for(let left=length;left>0;left-=this.#parts[count2++].
length);return count2>2+length/LONG_PART}async rest(){for(;!this.#ended;)await this.available(this.#buffered+1);return this.#parts=
[concatBytes(this.#parts)],this.#parts[0]}async close(){this.#parts=[],this.#buffered=0,this.#ended||await this.#chunks.
return?.(),this.#ended=!0}#gather(length){if(length===0||this.#parts[0].length>=length)return;let count2=0,gathered=0;for(;gathered<
length;)gathered+=this.#parts[count2++].length;let parts=this.#parts.splice(0,count2),last2=parts[parts.length-1],surplus=gathered-
length;surplus>0&&(parts[parts.length-1]=last2.subarray(0,last2.length-surplus),this.#parts.unshift(last2.subarray(last2.
length-surplus))),this.#parts.unshift(concatBytes(parts))}};async function*decodeStream2(source,engines,options={},runCodec){let limits=limitsOf(options,!0),tail=new TailSource(source),
hasher=engines.newSha256Aside(options.expected??0),hashing=Promise.resolve();try{let total=0,behind=0,parts=decodeParts(
{tail,limits,engines,runCodec},bytes=>{behind=bytes});for await(let data2 of joinCrumbs(parts))total+=data2.length,await hashing,
hashing=hasher.update(data2),hashing.catch(()=>{}),options.onPiece?.(data2,behind),yield data2;checkComplete(total,limits),
await hashing;let sha2562=await hasher.digest();expectDigest(sha2562,demandTrailer(await tail.rest())),options.onDigest?.(
sha2562)}finally{await hashing.catch(()=>{}),hasher.close(),await tail.close()}}async function*decodeParts(reading,onBehind){
let{limits,tail}=reading,total=0;for await(let part of readParts(reading)){checkOutput(total+part.size,limits);for(let data2 of await part.
decode(limits.output-total))total+=data2.length,yield data2;onBehind(tail.taken)}}async function*readParts(reading){let{
tail,runCodec}=reading;if(await tail.available(HEAD_LENGTH)<HEAD_LENGTH){let all=await tail.rest();throw readHead(all),demandTrailer(
all),malformed3("container is cut short")}let head=readHead(tail.take(HEAD_LENGTH));(runCodec===void 0||head.codec===CODEC_BUNDLE)&&
demandRaw(head),head.mode==="whole"?yield await readWholeBody2(reading,head):yield*readFrames2(reading,head)}async function readWholeBody2(reading,head){
let{tail,limits}=reading,most=limits.whole+PAYLOAD_SLACK,length=await tail.available(most+1);if(length>most)throw overLimit(
"payload of a whole container",length,most);demandTrailer((await tail.rest()).subarray(length));let body=new Cursor(tail.
take(length));if(head.codec!==CODEC_RAW)return codecPart(reading,head,readStreamSet(body,maxStreams(limits.whole)),limits.
whole);let payload=readPayload(parseBackend(body.u8("backend")),body.rest());if(payload.size>limits.whole)throw overLimit(
"output of the container",payload.size,limits.whole);return payloadPart(reading,payload)}async function*readFrames2(reading,head){
let{tail,limits}=reading,most=Math.min(limits.frame,limits.output);for(await takeVarint(tail,cursor=>readVarint(cursor,"\
block hint"));await tail.available(1)>0;){let length=await takeVarint(tail,readFrameLength);if(length>most+PAYLOAD_SLACK)
throw overLimit("frame",length,most+PAYLOAD_SLACK);let available=await tail.available(length);if(available<length)throw demandTrailer(
(await tail.rest()).subarray(available)),malformed3(`frame: length ${length} exceeds ${available} available`);if(isStoredFrame(
tail.peek(Math.min(length,FRAME_HEAD)))){tail.take(FRAME_HEAD);let size=length-FRAME_HEAD;checkFrame(size,limits);let parts=tail.
takeParts(size);yield{size,decode:async()=>parts};continue}let bytes=tail.take(length),streams=head.codec===CODEC_RAW?void 0:
readCodecFrame(bytes,maxStreams(most));if(streams!==void 0){yield codecPart(reading,head,streams,most);continue}let frame=readFrame(
bytes);if(frame==="index"){if(await tail.available(1)>0)throw malformed3("index frame before the end of the container");
return}checkFrame(frame.size,limits),yield payloadPart(reading,frame)}}function checkFrame(size,limits){if(size>limits.frame)
throw overLimit("output of a frame",size,limits.frame)}function payloadPart({engines},payload){return{size:payload.size,
decode:async()=>[await decodePayload(payload,engines)]}}function codecPart({runCodec},head,streams,most){let run=runCodec;
return{size:0,decode:async left=>{let limit=Math.min(left,most),data2=await run(codecName(head.codec),streams,limit);if(data2.
length>limit)throw overLimit("output of a codec",data2.length,limit);return[data2]}}}async function takeVarint(tail,read4){
let available=await tail.available(MAX_VARINT_LENGTH);available<MAX_VARINT_LENGTH&&demandTrailer((await tail.rest()).subarray(
available));let cursor=new Cursor(tail.peek(available)),value=read4(cursor);return tail.take(cursor.offset),value}init_errors();init_text();var NOTHING3=new Uint8Array(0),LF2=10,MAX_CELLS=2**24;async function decodeStreams(streams,engines){let decoded=new Map;
for(let{name,payload}of streams)decoded.set(name,await decodePayload(payload,engines));return decoded}function streamOf2(streams,name){
return streams.get(name)??NOTHING3}var Lines=class{#bytes;#name;#at=0;constructor(bytes,name){this.#bytes=bytes,this.#name=
name}next(){let start2=this.#at;if(start2>this.#bytes.length)throw malformed3(`stream ${this.#name} has too few lines`);
let found=this.#bytes.indexOf(LF2,start2),end2=found<0?this.#bytes.length:found;return this.#at=end2+1,this.#bytes.subarray(
start2,end2)}};function linesOf2(streams,name){return new Lines(streamOf2(streams,name),name)}var Cells=class{#bytes;#name;#starts;constructor(bytes,name){
let count2=1;for(let at2=0;at2<bytes.length;at2++)bytes[at2]===LF2&&count2++;if(count2>MAX_CELLS)throw overLimit(`lines \
of stream ${name}`,count2,MAX_CELLS);let starts=new Uint32Array(count2+1);for(let at2=0,i2=1;i2<count2;at2++)bytes[at2]===
LF2&&(starts[i2++]=at2+1);starts[count2]=bytes.length+1,this.#bytes=bytes,this.#name=name,this.#starts=starts}get count(){
return this.#starts.length-1}at(index){if(index>=this.count)throw malformed3(`stream ${this.#name} has no line ${index}`);
return this.#bytes.subarray(this.#starts[index],this.#starts[index+1]-1)}};function cellsOf(streams,name){return new Cells(
streamOf2(streams,name),name)}var I64_MIN=-(1n<<63n),I64_MAX=(1n<<63n)-1n,SHORT3=7,Numbers=class{bytes;name;#at=0;constructor(bytes,name){this.bytes=bytes,
this.name=name}get offset(){return this.#at}get remaining(){return this.bytes.length-this.#at}u8(){if(this.#at>=this.bytes.
length)throw malformed3(`stream ${this.name} is too short`);return this.bytes[this.#at++]}take(length){if(length>this.remaining)
throw malformed3(`stream ${this.name}: length ${length} exceeds ${this.remaining} available`);return this.#at+=length,this.
bytes.subarray(this.#at-length,this.#at)}uint(){return this.#short()??this.#long(cursor=>readVarint(cursor,this.name))}count(each=1){
let count2=this.uint();if(count2*each>this.remaining)throw malformed3(`stream ${this.name}: a count of ${count2} exceeds\
 what ${this.remaining} bytes can hold`);return count2}string(){return this.take(this.uint())}until(byte){let end2=this.
bytes.indexOf(byte,this.#at);if(end2<0)throw malformed3(`stream ${this.name} is too short`);let part=this.bytes.subarray(
this.#at,end2);return this.#at=end2+1,part}signed(){let zigzag2=this.#short();if(zigzag2!==void 0)return zigzag2%2===0?zigzag2/
2:-(zigzag2+1)/2;let value=this.#long(cursor=>strict64(cursor,this.name));return(value&1n)===0n?value>>1n:-(value+1n>>1n)}#short(){
let value=0,scale=1;for(let i2=0;i2<SHORT3;i2++){let byte=this.bytes[this.#at+i2];if(byte===void 0)throw malformed3(`str\
eam ${this.name} is too short`);if(value+=(byte&127)*scale,scale*=128,!(byte>=128)){if(byte===0&&i2>0)throw notStrict(`a\
 varint of stream ${this.name} has leading zeros`);return this.#at+=i2+1,value}}}#long(read4){let cursor=new Cursor(this.
bytes,"container/malformed",this.#at),value=read4(cursor);return this.#at=cursor.offset,value}};function numbersOf(streams,name){
return new Numbers(streamOf2(streams,name),name)}var Sum=class{#value=0;add(delta){if(typeof delta=="number"&&typeof this.#value==
"number"){let sum2=this.#value+delta;if(Number.isSafeInteger(sum2))return this.#value=sum2,sum2}let sum=BigInt(this.#value)+
BigInt(delta);if(sum<I64_MIN||sum>I64_MAX)throw malformed3("a sum of deltas exceeds 64 bits");let exact=Number(sum);return this.#value=
Number.isSafeInteger(exact)?exact:sum,this.#value}};function strict64(cursor,name){let value=cursor.varint(name);if(cursor.
bytes[cursor.offset-1]===0)throw notStrict(`a varint of stream ${name} has leading zeros`);return value}var MAX_STRINGS=2**24,Strings=class _Strings{#bytes;#name;#places;constructor(bytes,name,places){this.#bytes=bytes,this.#name=
name,this.#places=places}static read(from){return _Strings.#read(from,()=>from.string().length,0)}static readEnded(from){
return _Strings.#read(from,()=>from.until(0).length,1)}static#read(from,next3,after){let count2=from.count();if(count2>MAX_STRINGS)
throw overLimit(`strings of stream ${from.name}`,count2,MAX_STRINGS);let places=new Uint32Array(2*count2);for(let i2=0;i2<
count2;i2++){let length=next3(),end2=from.offset-after;places[2*i2]=end2-length,places[2*i2+1]=end2}return new _Strings(
from.bytes,from.name,places)}get count(){return this.#places.length/2}at(index){if(index>=this.count)throw malformed3(`s\
tream ${this.#name} has no string ${index}`);return this.#bytes.subarray(this.#places[2*index],this.#places[2*index+1])}};var TEXT=0,INT=1,DEC=2,NUMEXC=3,DERIVED=4,DICT=5,SHUF=6,MAX_SCALE=18,MAX_WIDTH=8,MAX_NUMBERED=2**22,I64_MIN2=-(1n<<63n),
I64_MAX2=(1n<<63n)-1n;function readColumn(type,part,index,sourceOf){let numbers=new Numbers(part,"values");switch(type){case TEXT:
return new Lines(part,"values");case INT:return integers(numbers);case DEC:return decimals(numbers,readScale(numbers));case NUMEXC:
return withExceptions(numbers);case DERIVED:{let source=numbers.uint();if(source>=index)throw malformed3(`column ${index}\
 is derived from column ${source}`);return derived(numbers,sourceOf(source))}case DICT:return fromDictionary(numbers);case SHUF:
return shuffled(numbers);default:throw malformed3(`column ${index} has the unknown type ${type}`)}}function sourceOfDerived(part){
return new Numbers(part,"values").uint()}function readScale(numbers){let scale=numbers.u8();if(scale>MAX_SCALE)throw malformed3(
`${scale} decimals, ${MAX_SCALE} are the most`);return scale}function integers(numbers){let sum=new Sum;return{next:()=>String(
sum.add(numbers.signed()))}}function decimals(numbers,scale){let sum=new Sum;return{next:()=>formatDecimal(sum.add(numbers.
signed()),scale)}}function formatDecimal(unscaled,scale){let text=String(unscaled),sign=text.startsWith("-")?"-":"",digits=text.
slice(sign.length).padStart(scale+1,"0"),point=digits.length-scale;return`${sign}${digits.slice(0,point)}.${digits.slice(
point)}`}function withExceptions(numbers){let kind=numbers.u8();if(kind>1)throw malformed3(`unknown kind ${kind} of numb\
ers with exceptions`);let scale=kind===1?readScale(numbers):void 0,count2=numbers.uint(),bits2=numbers.take(Math.ceil(count2/
8)),exceptions=Strings.read(numbers),values=scale===void 0?integers(numbers):decimals(numbers,scale),at2=0,used=0;return{
next(){if(at2>=count2)throw malformed3("a column has too few values");let isNumber2=(bits2[at2>>3]>>(at2&7)&1)===1;return at2++,
isNumber2?values.next():exceptions.at(used++)}}}function fromDictionary(numbers){let count2=numbers.uint(),words=Strings.
read(numbers),at2=0;return{next(){if(at2++>=count2)throw malformed3("a column has too few values");return words.at(numbers.
uint())}}}function derived(numbers,source){let map=Strings.read(numbers);source.expect(map.count);let at2=0;return{next:()=>map.
at(source.numberAt(at2++))}}function shuffled(numbers){let count2=numbers.uint(),minimum=numbers.signed(),width=numbers.
u8();if(width<1||width>MAX_WIDTH)throw malformed3(`integers of ${width} bytes`);if(count2>numbers.remaining)throw malformed3(
"stream values is too short for its planes");let planes=numbers.take(count2*width),exact=width<=6&&typeof minimum=="numb\
er"&&Math.abs(minimum)<2**52,at2=0;return{next(){if(at2>=count2)throw malformed3("a column has too few values");let offset=at2++;
if(exact){let above2=0;for(let p=width-1;p>=0;p--)above2=above2*256+planes[p*count2+offset];return String(minimum+above2)}
let above=0n;for(let p=width-1;p>=0;p--)above=above*256n+BigInt(planes[p*count2+offset]);let value=BigInt(minimum)+above;
if(value<I64_MIN2||value>I64_MAX2)throw malformed3("an integer exceeds 64 bits");return String(value)}}}var Numbered=class{#values;#numbers=new Map;#seen=new Uint32Array(
64);#count=0;#most=0;constructor(values){this.#values=values}expect(count2){this.#most=Math.max(this.#most,count2)}next(){
let value=this.#values.next(),key=typeof value=="string"?value:fromLatin1(value),number=this.#numbers.get(key);if(number===
void 0&&(number=this.#numbers.size,number<this.#most)){if(number===MAX_NUMBERED)throw overLimit("values of a source",number+
1,MAX_NUMBERED);this.#numbers.set(key,number)}if(this.#count===this.#seen.length){let larger=new Uint32Array(2*this.#count);
larger.set(this.#seen),this.#seen=larger}return this.#seen[this.#count++]=number,value}numberAt(index){if(index>=this.#count)
throw malformed3("a derived column runs ahead of its source");return this.#seen[index]}};var FIRST_CAPACITY=4096,Output=class{#limit;#bytes;#length=0;constructor(limit){this.#limit=limit,this.#bytes=new Uint8Array(
Math.min(limit,FIRST_CAPACITY))}get length(){return this.#length}u8(byte){this.#need(1),this.#bytes[this.#length++]=byte}bytes(part){
this.#need(part.length),this.#bytes.set(part,this.#length),this.#length+=part.length}ascii(text){this.#need(text.length);
for(let i2=0;i2<text.length;i2++)this.#bytes[this.#length++]=text.charCodeAt(i2)}finish(){let all=this.#bytes.subarray(0,
this.#length);return this.#length*2<this.#bytes.length?all.slice():all}#need(more){let needed=this.#length+more;if(needed<=
this.#bytes.length)return;if(needed>this.#limit)throw overLimit("output of the codec",needed,this.#limit);let larger=new Uint8Array(
Math.min(this.#limit,Math.max(needed,2*this.#bytes.length)));larger.set(this.#bytes.subarray(0,this.#length)),this.#bytes=
larger}};var MAX_COLUMNS=65536,LF3=10,QUOTE2=34,NEVER_QUOTED=0,ALWAYS_QUOTED=1;function readColumnar(streams,limit){let meta=readMeta(
streams),modes=streamOf2(streams,"row_modes");if(meta.rows>modes.length)throw malformed3(`${meta.rows} rows, but row_mod\
es tells of ${modes.length}`);let counts=countCells(streams,meta,modes),columns=readColumns(streams,meta,counts),out=new Output(
limit);meta.hasHeader&&out.bytes(streamOf2(streams,"header"));let verbatim=linesOf2(streams,"verbatim"),fieldCounts=numbersOf(
streams,"fieldcounts"),cells2=0;for(let row=0;row<meta.rows;row++){if((row>0||meta.hasHeader)&&out.u8(LF3),modes[row]===
0){out.bytes(verbatim.next());continue}let fields=fieldCounts.uint();if(cells2+=Math.max(0,fields-1),cells2>limit)throw overLimit(
"cells of a table",cells2,limit);for(let i2=0;i2<fields;i2++){i2>0&&out.bytes(meta.delimiter);let column=columns[i2],value=column.
values.next();column.quoted()?writeQuoted(out,value):write2(out,value)}}return meta.finalNewline&&out.u8(LF3),out.finish()}
function readMeta(streams){let meta=numbersOf(streams,"meta"),rows=meta.uint(),finalNewline=meta.u8()!==0,hasHeader=meta.
u8()!==0,delimiter2=meta.string(),columns=meta.uint();if(columns>MAX_COLUMNS)throw overLimit("columns of a table",columns,
MAX_COLUMNS);for(let name of["coltypes","col_index","quotemodes"]){let{length}=streamOf2(streams,name);if(columns>length)
throw malformed3(`${columns} columns, but ${name} has ${length} bytes`)}return{rows,finalNewline,hasHeader,delimiter:delimiter2,
columns}}function countCells(streams,meta,modes){let counts=new Uint32Array(meta.columns+1),fieldCounts=numbersOf(streams,
"fieldcounts");for(let row=0;row<meta.rows;row++){if(modes[row]===0)continue;let fields=fieldCounts.uint();if(fields>meta.
columns)throw malformed3(`a row of ${fields} cells in a table of ${meta.columns} columns`);counts[fields]++}for(let i2=meta.
columns-1;i2>=0;i2--)counts[i2]+=counts[i2+1];return counts.subarray(1)}function readColumns(streams,meta,counts){let types=streamOf2(
streams,"coltypes"),quoteModes=streamOf2(streams,"quotemodes"),index=numbersOf(streams,"col_index"),values=new Numbers(streamOf2(
streams,"values"),"values"),quoteBits=new Numbers(streamOf2(streams,"quotebits"),"quotebits"),parts=Array.from({length:meta.
columns},()=>values.take(index.uint())),watched=new Set;parts.forEach((part,i2)=>{types[i2]===DERIVED&&counts[i2]!==0&&watched.
add(sourceOfDerived(part))});let read4=[],columns=[];return parts.forEach((part,i2)=>{let mode=quoteModes[i2],bits2=mode>
ALWAYS_QUOTED?quoteBits.take(Math.ceil(counts[i2]/8)):void 0;if(counts[i2]===0)return;let column=readColumn(types[i2],part,
i2,source=>read4[source]),watchedColumn=watched.has(i2)?new Numbered(column):column;read4.push(watchedColumn),columns.push(
{values:watchedColumn,quoted:quotedBy(mode,bits2)})}),columns}function quotedBy(mode,bits2){if(bits2===void 0)return()=>mode!==
NEVER_QUOTED;let at2=0;return()=>{let bit=bits2[at2>>3]>>(at2&7)&1;return at2++,bit===1}}function write2(out,value){typeof value==
"string"?out.ascii(value):out.bytes(value)}function writeQuoted(out,value){if(out.u8(QUOTE2),typeof value=="string")out.
ascii(value);else{let start2=0;for(let at2=value.indexOf(QUOTE2);at2>=0;at2=value.indexOf(QUOTE2,at2+1))out.bytes(value.
subarray(start2,at2+1)),out.u8(QUOTE2),start2=at2+1;out.bytes(value.subarray(start2))}out.u8(QUOTE2)}init_writer();var RAW=0,SPLIT=1,PLAIN=0,LEFT=1,ABOVE=2,BYTE_PLANES=3;function readDicom(streams,limit){let meta=numbersOf(streams,"met\
a"),mode=meta.u8();if(mode===RAW)return within2(streamOf2(streams,"raw"),limit);if(mode!==SPLIT)throw malformed3(`dicom \
mode ${mode}`);let transform=meta.u8(),decodeClass=meta.u8();if(decodeClass!==0)throw malformed3(`dicom decode class ${decodeClass}`);
let rows=meta.uint(),columns=meta.uint(),samples=meta.uint(),wide=meta.uint()!==8,pad=meta.string(),pixels=streamOf2(streams,
"pix"),[before,after]=[streamOf2(streams,"pre"),streamOf2(streams,"suf")],size=before.length+pixels.length+pad.length+after.
length;if(size>limit)throw overLimit("output of the codec",size,limit);if(transform!==PLAIN){let expected=BigInt(rows)*BigInt(
columns)*BigInt(samples)*(wide?2n:1n);if(expected!==BigInt(pixels.length))throw malformed3(`${pixels.length} bytes of pi\
xels instead of ${expected}`)}return concatBytes([before,restore(pixels,transform,columns*samples,wide),pad,after])}function restore(pixels,transform,row,wide){
switch(transform){case PLAIN:return pixels;case LEFT:return addNeighbours(pixels,1,row,wide);case ABOVE:return addNeighbours(
pixels,row,pixels.length,wide);case BYTE_PLANES:if(!wide)throw malformed3("dicom byte planes of 8-bit pixels");return joinPlanes(
pixels);default:throw malformed3(`dicom transform ${transform}`)}}function addNeighbours(pixels,distance,period,wide){let out=pixels.
slice(),view2=new DataView(out.buffer),count2=wide?out.length/2:out.length;for(let i2=0,place2=0;i2<count2;i2++,place2=place2+
1===period?0:place2+1)place2<distance||(wide?view2.setUint16(2*i2,view2.getUint16(2*i2,!0)+view2.getUint16(2*(i2-distance),
!0),!0):out[i2]=out[i2]+out[i2-distance]);return out}function joinPlanes(pixels){let half=pixels.length/2,out=new Uint8Array(
pixels.length);for(let i2=0;i2<half;i2++)out[2*i2]=pixels[half+i2],out[2*i2+1]=pixels[i2];return out}function within2(output2,limit){
if(output2.length>limit)throw overLimit("output of the codec",output2.length,limit);return output2}var MAX_WIDTH2=32;async function readEmbed(streams,limit,engines){let meta=numbersOf(streams,"meta"),width=meta.uint();if(width<
1||width>MAX_WIDTH2)throw malformed3(`embed elements of ${width} bytes`);let header=meta.string(),count2=meta.uint(),planes=streamOf2(
streams,"data");if(planes.length%width!==0||count2!==planes.length/width)throw malformed3(`${count2} embed elements of ${width}\
 bytes in ${planes.length} bytes`);let size=header.length+planes.length;if(size>limit)throw overLimit("output of the cod\
ec",size,limit);let output2=takeScratch(size);output2.set(header);let parts=Array.from({length:width},(_,plane)=>planes.
subarray(plane*count2,(plane+1)*count2)),elements=output2.subarray(header.length);return isKernelWidth(width)?(await engines.
kernel()).merge(parts,"split",elements):joinPlanes2(parts,elements),giveScratch(planes),output2}function isKernelWidth(width){
return width===1||width===2||width===4||width===8}function joinPlanes2(planes,elements){for(let[plane,bytes]of planes.entries())
for(let i2=0,to=plane;i2<bytes.length;i2++,to+=planes.length)elements[to]=bytes[i2]}var MAX_SOURCES=256,MAX_RULES=2**16;function readRules(streams,columns){let numbers=numbersOf(streams,"rules"),count2=numbers.
count(3);if(count2>MAX_RULES)throw overLimit("rules",count2,MAX_RULES);return Array.from({length:count2},()=>readRule(numbers,
columns))}function readRule(numbers,columns){let literals=Array.from({length:countOfParts(numbers,1)},()=>numbers.string()),
sources=Array.from({length:countOfParts(numbers,0)},()=>numbers.uint());if(literals.length!==sources.length+1)throw malformed3(
`a rule of ${literals.length} literals and ${sources.length} sources`);if(sources.some(source=>source>=columns))throw malformed3(
"a rule uses a column that is not there");return{literals,sources}}function countOfParts(numbers,more){let count2=numbers.
count();if(count2>MAX_SOURCES+more)throw overLimit("parts of a rule",count2,MAX_SOURCES+more);return count2}var LF4=10,MAX_COLUMNS2=2**22,ValueColumns=class{#bytes;#next;#ends;constructor(streams,gap){let index=numbersOf(streams,
"value_index"),count2=index.count();if(count2>MAX_COLUMNS2)throw overLimit("columns of values",count2,MAX_COLUMNS2);this.#bytes=
streamOf2(streams,"values"),this.#next=new Float64Array(count2),this.#ends=new Float64Array(count2);let at2=0;for(let i2=0;i2<
count2;i2++){let start2=i2===0?0:at2+gap;if(at2=start2+index.uint(),at2>this.#bytes.length)throw malformed3(`column ${i2}\
 ends at ${at2} of ${this.#bytes.length} bytes`);this.#next[i2]=start2,this.#ends[i2]=at2}}get count(){return this.#next.
length}next(column){let start2=this.#next[column],limit=this.#ends[column];if(start2===void 0||limit===void 0)throw malformed3(
`no column ${column} of ${this.count}`);if(start2>limit)throw malformed3(`column ${column} has too few values`);let found=this.#bytes.
subarray(start2,limit).indexOf(LF4),end2=found<0?limit:start2+found;return this.#next[column]=end2+1,this.#bytes.subarray(
start2,end2)}};var MAX_NESTING=8192,LEAF=0,OBJECT=1,ARRAY=2,DERIVED2=3,LF5=10,VERBATIM=0,QUOTE3=34,GAP=1;function readJson(streams,limit){
let meta=numbersOf(streams,"meta"),count2=meta.uint(),finalNewline=meta.u8()===1,flags=streamOf2(streams,"flags");if(count2>
flags.length)throw malformed3(`${count2} lines with flags for ${flags.length}`);let verbatim=linesOf2(streams,"verbatim"),
output2=new Output(limit),tape=new Tape(streams,output2);for(let i2=0;i2<count2;i2++)i2>0&&output2.u8(LF5),flags[i2]===VERBATIM?
output2.bytes(verbatim.next()):tape.writeValue();return finalNewline&&output2.u8(LF5),output2.finish()}var Tape=class{#tape;#keys;#columns;#rules;#sources=new Set;#last=new Map;#output;#left=[];#isObject=[];#isFirst=!0;constructor(streams,output2){
this.#tape=numbersOf(streams,"tape"),this.#keys=cellsOf(streams,"keyvocab"),this.#columns=new ValueColumns(streams,GAP),
this.#rules=readRules(streams,this.#columns.count);for(let{sources}of this.#rules)for(let source of sources)this.#sources.
add(source);this.#output=output2}writeValue(){for(this.#begin();this.#left.length>0;){let top=this.#left.length-1,left=this.#left[top];
if(left===0){this.#left.pop(),this.#output.ascii(this.#isObject.pop()===!0?"}":"]"),this.#isFirst=!1;continue}this.#left[top]=
left-1,this.#isFirst||this.#output.ascii(","),this.#isFirst=!1,this.#isObject[top]===!0&&(this.#output.bytes(this.#keys.
at(this.#tape.uint())),this.#output.ascii(":")),this.#begin()}}#begin(){let kind=this.#tape.u8();if(this.#left.length>=MAX_NESTING)
throw overLimit("nesting of values",this.#left.length+1,MAX_NESTING);if(kind===LEAF)this.#leaf(this.#tape.uint());else if(kind===
OBJECT)this.#open(!0,this.#tape.count(3));else if(kind===ARRAY)this.#open(!1,this.#tape.count(2));else if(kind===DERIVED2)
this.#derive(this.#tape.uint());else throw malformed3(`unknown kind ${kind} of value`)}#open(isObject,members){this.#output.
ascii(isObject?"{":"["),this.#left.push(members),this.#isObject.push(isObject),this.#isFirst=!0}#leaf(column){let value=this.#columns.
next(column);this.#sources.has(column)&&this.#last.set(column,value),this.#output.bytes(value)}#derive(index){let rule=this.#rules[index];
if(rule===void 0)throw malformed3(`no rule ${index} of ${this.#rules.length}`);this.#output.u8(QUOTE3);for(let[i2,literal]of rule.
literals.entries()){this.#output.bytes(literal);let source=rule.sources[i2];source!==void 0&&this.#output.bytes(unquoted(
this.#valueOf(source)))}this.#output.u8(QUOTE3)}#valueOf(column){let value=this.#last.get(column);if(value===void 0)throw malformed3(
`a rule uses column ${column} before its first value`);return value}};function unquoted(value){let last2=value.length-1;
return last2>0&&value[0]===QUOTE3&&value[last2]===QUOTE3?value.subarray(1,last2):value}var NO_GAP=0;function readJsondoc(streams,limit){let output2=new Output(limit);if(numbersOf(streams,"meta").u8()===0)return output2.
bytes(streamOf2(streams,"raw")),output2.finish();let skeleton=streamOf2(streams,"skeleton"),ids=numbersOf(streams,"colid\
s"),columns=new ValueColumns(streams,NO_GAP),from=0;for(let at2=skeleton.indexOf(0);at2>=0;at2=skeleton.indexOf(0,from))
output2.bytes(skeleton.subarray(from,at2)),output2.bytes(columns.next(ids.uint())),from=at2+1;return output2.bytes(skeleton.
subarray(from)),output2.finish()}var LF6=10,VERBATIM2=0;function readLog(streams,limit){let meta=numbersOf(streams,"meta"),count2=meta.uint(),finalNewline=meta.
u8()!==0,flags=streamOf2(streams,"flags");if(count2>flags.length)throw malformed3(`${count2} lines with flags for ${flags.
length}`);let templates=cellsOf(streams,"templates"),ids=numbersOf(streams,"tids"),variables=linesOf2(streams,"vars"),verbatim=linesOf2(
streams,"verbatim"),output2=new Output(limit);for(let i2=0;i2<count2;i2++){if(i2>0&&output2.u8(LF6),flags[i2]===VERBATIM2){
output2.bytes(verbatim.next());continue}let template=templates.at(ids.uint()),from=0;for(let at2=template.indexOf(0);at2>=
0;at2=template.indexOf(0,from))output2.bytes(template.subarray(from,at2)),output2.bytes(variables.next()),from=at2+1;output2.
bytes(template.subarray(from))}return finalNewline&&output2.u8(LF6),output2.finish()}var LF7=10,VERBATIM3=0,NODE=1,WAY=2,MEMBER_TYPES=["node","way","relation"],FIRST_SECOND=-62167219200,LAST_SECOND2=253402300799,
DEGREE=1e7,MOST_DEGREES=2**50;function readOsm(streams,limit){let finalNewline=numbersOf(streams,"meta").u8()===1,tagKeys=Strings.
readEnded(numbersOf(streams,"tag_keys")),roles=Strings.readEnded(numbersOf(streams,"roles")),verbatim=numbersOf(streams,
"verbatim"),node=nodeReader(streams,tagKeys),way=wayReader(streams,tagKeys),relation=relationReader(streams,tagKeys,roles),
output2=new Output(limit);for(let[i2,opcode]of streamOf2(streams,"opcodes").entries())i2>0&&output2.u8(LF7),opcode===VERBATIM3?
output2.bytes(verbatim.string()):opcode===NODE?node(output2):opcode===WAY?way(output2):relation(output2);return finalNewline&&
output2.u8(LF7),output2.finish()}function nodeReader(streams,tagKeys){let head=headReader(streams,"n"),latitude=deltaReader(
streams,"n_lat"),longitude=deltaReader(streams,"n_lon"),tags=tagReader(streams,"n",tagKeys);return output2=>{output2.ascii(
`  <node ${head()} lat="${degrees(latitude())}" lon="${degrees(longitude())}"`),element(output2,"node",tags.count(),()=>tags.
write(output2))}}function wayReader(streams,tagKeys){let head=headReader(streams,"w"),counts=numbersOf(streams,"w_ndcnt"),
reference=deltaReader(streams,"w_ndref"),tags=tagReader(streams,"w",tagKeys);return output2=>{output2.ascii(`  <way ${head()}`);
let count2=counts.uint();element(output2,"way",count2+tags.count(),()=>{for(let i2=0;i2<count2;i2++)output2.ascii(`
    <nd ref="${reference()}"/>`);tags.write(output2)})}}function relationReader(streams,tagKeys,roles){let head=headReader(
streams,"r"),counts=numbersOf(streams,"r_memcnt"),types=numbersOf(streams,"r_memtype"),reference=deltaReader(streams,"r_\
memref"),roleIds=numbersOf(streams,"r_memrole"),tags=tagReader(streams,"r",tagKeys);return output2=>{output2.ascii(`  <r\
elation ${head()}`);let count2=counts.uint();element(output2,"relation",count2+tags.count(),()=>{for(let i2=0;i2<count2;i2++)
output2.ascii(`
    <member type="${memberType(types.uint())}" ref="${reference()}" role="`),output2.bytes(roles.at(roleIds.uint())),output2.
ascii('"/>');tags.write(output2)})}}function element(output2,name,children,writeChildren){if(children===0){output2.ascii(
"/>");return}output2.ascii(">"),writeChildren(),output2.ascii(`
  </${name}>`)}function headReader(streams,kind){let id=deltaReader(streams,`${kind}_id`),versions=numbersOf(streams,`${kind}\
_ver`),seconds=deltaReader(streams,`${kind}_ts`);return()=>`id="${id()}" version="${versions.uint()}" timestamp="${timestamp(
seconds())}"`}function deltaReader(streams,name){let deltas=numbersOf(streams,name),sum=new Sum;return()=>sum.add(deltas.
signed())}function tagReader(streams,kind,keys){let counts=numbersOf(streams,`${kind}_tagcnt`),keyIds=numbersOf(streams,
`${kind}_tagkey`),values=numbersOf(streams,`${kind}_tagval`),count2=0;return{count:()=>(count2=counts.uint(),count2),write:output2=>{
for(let i2=0;i2<count2;i2++)output2.ascii(`
    <tag k="`),output2.bytes(keys.at(keyIds.uint())),output2.ascii('" v="'),output2.bytes(values.string()),output2.ascii(
'"/>')}}}function memberType(type){let name=MEMBER_TYPES[type];if(name===void 0)throw malformed3(`relation member of typ\
e ${type}`);return name}function timestamp(seconds){if(seconds<FIRST_SECOND||seconds>LAST_SECOND2)throw malformed3(`time\
 ${seconds} has no year of four digits`);return`${new Date(Number(seconds)*1e3).toISOString().slice(0,19)}Z`}function degrees(units){
if(units<=-MOST_DEGREES||units>=MOST_DEGREES)throw malformed3(`${units} is no coordinate`);let size=Math.abs(Number(units)),
fraction=String(size%DEGREE).padStart(7,"0").replace(/0+$/,"");return`${units<0?"-":""}${Math.floor(size/DEGREE)}${fraction===
""?"":`.${fraction}`}`}var INTEGER_COLUMN=1,DECIMAL_COLUMN=2,MAX_BLOCKS=16384;var ZONE_OF_DECIMALS=16;function readTableMeta(bytes){let meta=new Numbers(bytes,"meta"),lines3=meta.uint(),finalNewline=meta.
u8()!==0,delimiter2=meta.string(),columns=meta.uint(),rowsPerGroup=meta.uint(),rows=meta.uint(),groups=meta.uint(),types=meta.
take(columns);if(rowsPerGroup===0)throw malformed3("groups of no rows");if(rows>lines3)throw malformed3(`${rows} structu\
red rows in ${lines3} lines`);if(groups!==Math.ceil(rows/rowsPerGroup))throw malformed3(`${groups} groups of ${rowsPerGroup}\
 rows for ${rows} rows`);let blocks=groups*columns;if(blocks>MAX_BLOCKS)throw overLimit("blocks of a table",blocks,MAX_BLOCKS);
return{lines:lines3,finalNewline,delimiter:delimiter2,types,rowsPerGroup,rows,groups}}function readBlockPlaces(index,meta,blocksLength){
let numbers=new Numbers(index,"index"),places=[],offset=0;for(let group=0;group<meta.groups;group++)for(let type of meta.
types){let length=numbers.uint();if(length===0||length>blocksLength-offset)throw malformed3(`a block of ${length} bytes,\
 ${blocksLength-offset} are there`);places.push({offset,length}),offset+=length,type===INTEGER_COLUMN?(numbers.signed(),
numbers.signed()):type===DECIMAL_COLUMN&&numbers.take(ZONE_OF_DECIMALS)}return places}function rowsOfGroup(meta,group){return Math.
min(meta.rowsPerGroup,meta.rows-group*meta.rowsPerGroup)}function checkRowModes(modes,meta){if(meta.lines>modes.length)throw malformed3(
`${meta.lines} lines, but row_modes tells of ${modes.length}`);let rows=0;for(let i2=0;i2<meta.lines;i2++)modes[i2]!==0&&
rows++;if(rows!==meta.rows)throw malformed3(`${meta.rows} structured rows, but row_modes has ${rows}`)}var TAG_XZ=0,TAG_ZSTD=1,LF8=10;function readBlock2(block,limit){let tag=block[0];if(tag===void 0)throw malformed3("a blo\
ck of no bytes");if(tag!==TAG_XZ&&tag!==TAG_ZSTD)throw notStrict(`unknown tag ${tag} of a block`);let payload=readPayload(
tag===TAG_ZSTD?"zstd":"xz",block.subarray(1));if(payload.size>limit)throw overLimit("block of a table",payload.size,limit);
return payload}async function decodeBlock(payload,rows,engines){let cells2=await decodePayload(payload,engines),lines3=1;
for(let at2=cells2.indexOf(LF8);at2>=0;at2=cells2.indexOf(LF8,at2+1))lines3++;if(lines3!==rows)throw malformed3(`a block\
 of ${lines3} cells for ${rows} rows`);return cells2}var LF9=10;async function readQcolumnar(streams,limit,engines){let meta=readTableMeta(streamOf2(streams,"meta")),modes=streamOf2(
streams,"row_modes");checkRowModes(modes,meta);let blocks=streamOf2(streams,"blocks"),places=readBlockPlaces(streamOf2(streams,
"index"),meta,blocks.length),columns=meta.types.length,verbatim=linesOf2(streams,"verbatim"),out=new Output(limit),row=0,
yielded=0,group=[],load=async number=>{let loaded3=[];for(let{offset,length}of places.slice(number*columns,(number+1)*columns)){
let payload=readBlock2(blocks.subarray(offset,offset+length),limit);if(yielded+=payload.size,yielded>limit+places.length)
throw overLimit("blocks of a table",yielded,limit+places.length);loaded3.push(new Lines(await decodeBlock(payload,rowsOfGroup(
meta,number),engines),"blocks"))}return loaded3};for(let line=0;line<meta.lines;line++){if(line>0&&out.u8(LF9),modes[line]===
0){out.bytes(verbatim.next());continue}row%meta.rowsPerGroup===0&&(group=await load(row/meta.rowsPerGroup)),row++,group.
forEach((cells2,i2)=>{i2>0&&out.bytes(meta.delimiter),out.bytes(cells2.next())})}return meta.finalNewline&&out.u8(LF9),out.
finish()}var LF10=10,VERBATIM4=0,MOST_UNSEEN=2**22;async function readQjson(streams,limit,engines){let meta=readMeta2(numbersOf(streams,
"meta")),modes=streamOf2(streams,"row_modes");checkRowModes(modes,meta);let segments=readTemplate(numbersOf(streams,"tem\
plate"),meta.types.length),unseen=meta.rows*segments.slice(1,-1).filter(({length})=>length===0).length;if(unseen>MOST_UNSEEN)
throw overLimit("cells without text between them",unseen,MOST_UNSEEN);let groups=new Groups(streams,meta,limit+unseen+1,
engines),verbatim=linesOf2(streams,"verbatim"),output2=new Output(limit),row=0,cells2=[];for(let line=0;line<meta.lines;line++){
if(line>0&&output2.u8(LF10),modes[line]===VERBATIM4){output2.bytes(verbatim.next());continue}row%meta.rowsPerGroup===0&&
(cells2=await groups.load(row/meta.rowsPerGroup)),row++;for(let[i2,segment]of segments.entries()){output2.bytes(segment);
let cell=cells2[i2];cell!==void 0&&output2.bytes(cell.next())}}return meta.finalNewline&&output2.u8(LF10),output2.finish()}
var Groups=class{#meta;#blocks;#places;#limit;#engines;#left;constructor(streams,meta,limit,engines){this.#meta=meta,this.#blocks=
streamOf2(streams,"blocks"),this.#places=readBlockPlaces(streamOf2(streams,"index"),meta,this.#blocks.length),this.#limit=
limit,this.#engines=engines,this.#left=limit+this.#places.length}async load(group){let columns=this.#meta.types.length,loaded3=[];
for(let{offset,length}of this.#places.slice(group*columns,(group+1)*columns)){let payload=readBlock2(this.#blocks.subarray(
offset,offset+length),this.#limit);if(this.#left-=payload.size,this.#left<0)throw overLimit("blocks beside an output",payload.
size,payload.size+this.#left);loaded3.push(new Lines(await decodeBlock(payload,rowsOfGroup(this.#meta,group),this.#engines),
"blocks"))}return loaded3}};function readMeta2(meta){let lines3=meta.uint(),finalNewline=meta.u8()!==0,columns=meta.uint(),
rowsPerGroup=meta.uint(),rows=meta.uint(),groups=meta.uint(),types=meta.take(columns);if(rowsPerGroup===0)throw malformed3(
"groups of no rows");if(groups!==Math.ceil(rows/rowsPerGroup))throw malformed3(`${groups} groups of ${rowsPerGroup} rows\
 for ${rows} rows`);if(groups*columns>MAX_BLOCKS)throw overLimit("blocks of rows",groups*columns,MAX_BLOCKS);return{lines:lines3,
finalNewline,delimiter:new Uint8Array(0),types,rowsPerGroup,rows,groups}}function readTemplate(template,columns){let count2=template.
count();if(count2!==columns+1)throw malformed3(`a template of ${count2} segments for ${columns} columns`);return Array.from(
{length:count2},()=>template.string())}var MAX_TEMPLATES=64,LF11=10;async function readQjson2(streams,limit,engines){let meta=numbersOf(streams,"meta"),lines3=meta.
uint(),finalNewline=meta.u8()!==0,count2=meta.uint();if(count2>MAX_TEMPLATES)throw overLimit("templates",count2,MAX_TEMPLATES);
let map=numbersOf(streams,"line_map");if(lines3>map.remaining)throw malformed3(`${lines3} lines, but line_map has ${map.
remaining} bytes`);let sources=[linesOf2(streams,"verbatim")],counts=[],left=limit;for(let i2=0;i2<count2;i2++){let part=await readQjson(
streamsOf(streams,`t${i2}:`),left,engines);left-=part.length,sources.push(new Lines(part,`t${i2}`)),counts.push(part.length===
0?0:countLines(part))}let output2=new Output(limit);for(let line=0;line<lines3;line++){line>0&&output2.u8(LF11);let id=map.
uint(),source=sources[id];if(source===void 0)throw malformed3(`a line of template ${id-1} of ${count2}`);output2.bytes(source.
next()),id>0&&(counts[id-1]=counts[id-1]-1)}if(counts.some(left2=>left2>0))throw malformed3("lines of a template that ar\
e not used");return finalNewline&&lines3>0&&output2.u8(LF11),output2.finish()}function countLines(part){let lines3=1;for(let at2=part.
indexOf(LF11);at2>=0;at2=part.indexOf(LF11,at2+1))lines3++;return lines3}function streamsOf(streams,prefix){let own=new Map;
for(let[name,data2]of streams)name.startsWith(prefix)&&own.set(name.slice(prefix.length),data2);return own}var LF12=10,SPACE2=32,VERBATIM5=0,TEMPLATED=2,HOLE=[60,42,62],MAX_HOLES=2**20,WORTH_KEEPING=1024;function readSsh(streams,limit){
let meta=numbersOf(streams,"meta"),count2=meta.uint(),finalNewline=meta.u8()!==0,flags=streamOf2(streams,"flags");if(count2>
flags.length)throw malformed3(`${count2} lines with flags for ${flags.length}`);let fields=["months","days","times","hos\
ts"].map(name=>linesOf2(streams,name)),pids=numbersOf(streams,"pids"),templates=new Templates(cellsOf(streams,"templates")),
templateIds=numbersOf(streams,"template_ids"),variables=linesOf2(streams,"vars"),messages=linesOf2(streams,"rawmsgs"),verbatim=linesOf2(
streams,"verbatim"),output2=new Output(limit);for(let i2=0;i2<count2;i2++){i2>0&&output2.u8(LF12);let flag=flags[i2];if(flag===
VERBATIM5){output2.bytes(verbatim.next());continue}for(let field of fields)output2.bytes(field.next()),output2.u8(SPACE2);
output2.ascii(`sshd[${pids.uint()}]: `),flag===TEMPLATED?templates.fill(templateIds.uint(),variables.next(),output2):output2.
bytes(messages.next())}return finalNewline&&output2.u8(LF12),output2.finish()}var Templates=class{#cells;#prepared=new Map;constructor(cells2){
this.#cells=cells2}fill(id,cell,output2){let{text,holes}=this.#prepare(id),[from,at2]=[0,0];for(let hole of holes){if(at2>
cell.length)break;let found=cell.indexOf(0,at2),end2=found<0?cell.length:found;output2.bytes(text.subarray(from,hole)),output2.
bytes(cell.subarray(at2,end2)),from=hole,at2=end2+1}output2.bytes(text.subarray(from))}#prepare(id){let known2=this.#prepared.
get(id);if(known2!==void 0)return known2;let cell=this.#cells.at(id),template=withoutHoles(cell);return cell.length>=WORTH_KEEPING&&
this.#prepared.set(id,template),template}};function withoutHoles(template){let count2=0;for(let at2=0;at2<template.length;at2++)
isHole(template,at2)&&count2++;if(count2>MAX_HOLES)throw overLimit("variables of a template",count2,MAX_HOLES);let text=new Uint8Array(
template.length-count2*HOLE.length),holes=new Uint32Array(count2);for(let at2=0,to=0,hole=0;at2<template.length;)isHole(
template,at2)?(holes[hole++]=to,at2+=HOLE.length):text[to++]=template[at2++];return{text,holes}}function isHole(template,at2){
return template[at2]===HOLE[0]&&template[at2+1]===HOLE[1]&&template[at2+2]===HOLE[2]}var LF13=10,TAB=9,VERBATIM6=0,AFTER_POS=["id","ref","alt","qual","filter","info","format"];function readVcf(streams,limit){
let meta=numbersOf(streams,"meta"),count2=meta.uint(),finalNewline=meta.u8()!==0,samples=meta.uint(),deltas=meta.u8()!==
0,usual=meta.string(),vocabulary=Strings.read(meta),flags=streamOf2(streams,"flags");if(count2>flags.length)throw malformed3(
`${count2} lines with flags for ${flags.length}`);let chromosomes=linesOf2(streams,"chrom"),position=deltas?sums(numbersOf(
streams,"pos")):cells(streams,"pos"),fields=AFTER_POS.map(name=>linesOf2(streams,name)),verbatim=linesOf2(streams,"verba\
tim"),output2=new Output(limit),row;for(let i2=0;i2<count2;i2++){if(i2>0&&output2.u8(LF13),flags[i2]===VERBATIM6){output2.
bytes(verbatim.next());continue}output2.bytes(chromosomes.next()),output2.u8(TAB),position(output2),output2.u8(TAB);for(let field of fields)
output2.bytes(field.next()),output2.u8(TAB);row??=new GenotypeRow(samples,usual,vocabulary,numbersOf(streams,"gt"),limit),
row.next(output2)}return finalNewline&&output2.u8(LF13),output2.finish()}function sums(deltas){let sum=new Sum;return output2=>output2.
ascii(String(sum.add(deltas.signed())))}function cells(streams,name){let lines3=linesOf2(streams,name);return output2=>output2.
bytes(lines3.next())}var GenotypeRow=class{#samples;#vocabulary;#exceptions;#step;#usual;constructor(samples,usual,vocabulary,exceptions,limit){
this.#samples=samples,this.#vocabulary=vocabulary,this.#exceptions=exceptions,this.#step=usual.length+1;let size=samples*
this.#step;if(size-1>limit)throw overLimit("genotypes of a line",size-1,limit);let row=new Uint8Array(size);if(samples>0){
row.set(usual),row[usual.length]=TAB;for(let done=this.#step;done<size;done*=2)row.copyWithin(done,0,Math.min(done,size-
done))}this.#usual=row.subarray(0,Math.max(0,size-1))}next(output2){let count2=this.#exceptions.count(2),next3=0;for(let i2=0,
sample=0;i2<count2;i2++){if(sample+=this.#exceptions.uint(),sample<next3||sample>=this.#samples)throw malformed3(`genoty\
pe of sample ${sample} of ${this.#samples}`);output2.bytes(this.#usual.subarray(next3*this.#step,sample*this.#step)),output2.
bytes(this.#vocabulary.at(this.#exceptions.uint())),next3=sample+1,next3<this.#samples&&output2.u8(TAB)}output2.bytes(this.#usual.
subarray(next3*this.#step))}};var READERS={columnar:readColumnar,dicom:readDicom,embed:readEmbed,json:readJson,jsondoc:readJsondoc,log:readLog,osm:readOsm,
qcolumnar:readQcolumnar,qjson:readQjson,qjson2:readQjson2,ssh:readSsh,vcf:readVcf};async function decodeCodec(codec,streams,limit,engines){
let read4=READERS[codec];if(read4===void 0)throw new At1Error("container/unsupported",{message:`containers of codec ${codec}\
 cannot be read here`});return read4(streams,limit,engines)}function decodeContainerStream(source,engines,options={}){return decodeStream2(source,engines,options,runCodecWith(engines))}
async function decodeContainer(container,engines,options={}){if(readHead(container).codec===CODEC_RAW)return decodeWhole(
container,engines,options);let maxOutput=options.maxOutput??options.size??MAX_WHOLE_OUTPUT,parts=[];for await(let part of decodeContainerStream(
onceFrom(container),engines,{...options,maxOutput}))parts.push(part);return parts.length===1?parts[0]:concatBytes(parts)}
function runCodecWith(engines){return async(codec,streams,limit)=>decodeCodec(codec,await decodeStreams(streams,engines),
limit,engines)}async function*onceFrom(bytes){yield bytes}init_errors();init_errors();function readVarint2(cursor,what,limit){let start2=cursor.offset,value=cursor.length(what,limit);return cursor.offset-start2>
1&&cursor.bytes[cursor.offset-1]===0&&cursor.fail(`${what} is padded`),value}function readShortVarint(cursor,what,limit){
let low=cursor.u8(what);if(low<128)return low<=limit?low:cursor.fail(`${what} ${low} exceeds ${limit}`);let high=cursor.
u8(what),value=low&127|high<<7;return(high===0||high>=128||value>limit)&&cursor.fail(`${what} is padded or exceeds ${limit}`),
value}function readTable(cursor){let frequencies=new Uint16Array(VALUES),sum=0;for(let value=0;value<VALUES;){let frequency=readShortVarint(
cursor,"frequency",FREQUENCY_SUM-1);frequencies[value++]=frequency,sum+=frequency,frequency===0&&(value+=readShortVarint(
cursor,"values of frequency 0",VALUES-value))}return sum!==FREQUENCY_SUM&&cursor.fail(`frequencies sum to ${sum}, not to\
 ${FREQUENCY_SUM}`),frequencies}var CODE_OVERHEAD=4+STATES_LENGTH;function decodeRansPlane(payload,plane,kernel){let cursor=new Cursor(payload,"transform/malformed"),table2;for(let at2=0;at2<
plane.length;at2+=BLOCK_LENGTH){let block=plane.subarray(at2,at2+BLOCK_LENGTH),kind=cursor.u8("kind of a block");if(kind===
BLOCK_STORED)block.set(cursor.take(block.length,"stored block"));else if(kind===BLOCK_RUN)block.fill(cursor.u8("value of\
 a run"));else if(kind===BLOCK_CODED||kind===BLOCK_AS_BEFORE){if(kind===BLOCK_CODED&&(table2=readTable(cursor)),table2===
void 0)throw malformed("block with the table of a block before, and no such block");let words=readVarint2(cursor,"words \
of a code",block.length),code2=cursor.take(STATES_LENGTH+2*words,"states and words of a code");if(!kernel.decodeBlock(code2,
table2,block))throw malformed("code of a block does not come out even")}else throw malformed(`unknown kind ${kind} of a \
block`)}cursor.expectEnd("the last block")}async function readPlaneSet(bytes,size,base,engines){if(size>MAX_SEGMENT||bytes.length>MAX_SEGMENT+PLANE_SET_SLACK)throw malformed(
`a plane set of ${bytes.length} bytes for ${size} is over the limit`);if(base!==void 0&&base.length!==size)throw malformed(
`base of ${base.length} bytes for ${size}`);let cursor=new Cursor(bytes,"transform/malformed"),{mode,width,head,elements,
tail}=readShape(cursor,size);if(needsBase(mode)!==(base!==void 0))throw malformed(base===void 0?`the mode ${mode} needs \
a base`:`the mode ${mode} has no base`);let before=cursor.take(head,"bytes before the elements"),after=cursor.take(tail,
"bytes after the elements"),coded=[];for(let p=0;p<width;p++){let coder=cursor.u8("coder of a plane");coded.push([coder,
cursor.take(readVarint2(cursor,"length of a plane",cursor.remaining),"plane")])}cursor.expectEnd("the planes");let kernel=await engines.
kernel(),planes=[];for(let[coder,payload]of coded)planes.push(await readPlane(coder,payload,elements,engines,kernel));let out=takeScratch(
size);out.set(before),kernel.merge(planes,mode,out.subarray(head,size-tail),base?.subarray(head,size-tail)),out.set(after,
size-tail);for(let plane of planes)giveScratch(plane);return out}function readShape(cursor,size){let version=cursor.u8("\
version of a plane set");if(version!==PLANE_SET_VERSION)throw malformed(`unknown version ${version} of a plane set`);let mode=parseMode(
cursor.u8("mode")),width=parseWidth(cursor.u8("width")),head=readVarint2(cursor,"bytes before the elements",size),elements=readVarint2(
cursor,"number of elements",size),tail=readVarint2(cursor,"bytes after the elements",size),stated=head+width*elements+tail;
if(stated!==size)throw malformed(`plane set states ${stated} bytes, ${size} are expected`);return{mode,width,head,elements,
tail}}async function readPlane(coder,payload,length,engines,kernel){if(coder===CODER_STORED){if(payload.length!==length)
throw malformed(`stored plane has ${payload.length} bytes, not ${length}`);return payload}if(coder===CODER_RANS){let plane=takeScratch(
length);return decodeRansPlane(payload,plane,kernel),plane}if(coder!==CODER_ZSTD)throw malformed(`unknown coder ${coder}\
 of a plane`);try{return await engines.zstdDecompress(payload,length)}catch(cause){throw!(cause instanceof At1Error)||!cause.
code.startsWith("container/")?cause:malformed("zstd frame of a plane is damaged or of another size",cause)}}async function openSegment(container,expected,engines,base){await checkObject(container,expected,engines);let head=readHead(
container);if(refuseStream(head),expected.transform!==void 0)return openTransformed(container,expected,engines,base);if(head.
codec!==CODEC_RAW&&head.codec!==CODEC_BUNDLE)return openCodec(container,expected,engines);let structure=readStructure(container);
return checkContent2(structure,expected),(await decodeStructure(structure,engines)).data}async function openCodec(container,expected,engines){
let sha2562=demandTrailer(container.subarray(HEAD_LENGTH));checkContent2({sha256:sha2562,size:expected.size},expected);let{
size}=expected;return decodeContainer(container,engines,{size,maxFrameOutput:size})}async function openTransformed(container,expected,engines,base){
let[payload]=readStructure(container,{maxOutput:expected.size+PLANE_SET_SLACK}).payloads;if(payload?.backend!=="stored")
throw notStrict("a plane set is stored in a container as it is");let data2=await readPlaneSet(payload.bytes,expected.size,
base,engines),found=digestOf(await engines.sha256Aside(data2));if(found!==expected.sha256)throw otherContent(expected,found,
data2.length);return data2}async function checkObject(container,expected,engines){let hint="fetch the object again";if(container.
length!==expected.stored)throw new At1Error("object/digest-mismatch",{message:`object has ${container.length} bytes inst\
ead of ${expected.stored}`,hint,facts:{object:formatDigest(expected.object)}});let found=digestOf(await engines.sha256Aside(
container));if(found!==expected.object)throw new At1Error("object/digest-mismatch",{message:"object does not match its d\
igest",hint,facts:{expected:formatDigest(expected.object),found:formatDigest(found)}})}function refuseStream({mode}){if(mode===
"stream")throw notStrict("the object is a stream of frames, not one whole container")}function checkContent2(structure,expected){
let claimed=digestOf(structure.sha256);if(!(structure.size===expected.size&&claimed===expected.sha256))throw otherContent(
expected,claimed,structure.size)}function otherContent({object,sha256:sha2562,size},found,foundSize){return new At1Error(
"object/content-mismatch",{message:"object is intact but does not hold what the manifest says",hint:"the manifest names \
the wrong object: it was not made by a sound writer",facts:{object:formatDigest(object),expected:formatDigest(sha2562),found:formatDigest(
found),expectedSize:size,foundSize}})}import{dirname as dirname6,join as join11}from"node:path";init_errors();init_io_error();var FOLDER="objects",SUFFIX=".at1",STATS_AT_ONCE=64,MODE=process.platform==="win32"?438:292,ObjectStore=class{#registry;#sha256;#fs;constructor(registry,options){
this.#registry=registry,this.#sha256=options.sha256,this.#fs=options.fs??nodeFileSystem}path(digest){return join11(this.#registry,
...objectPath(digest).split("/"))}async put(container,digest){let folders=new Set,result=await this.#putOne({container,digest},
folders);return await syncFolders(folders,this.#fs),result}async add(container,folders){let digest=digestOf(await this.#sha256(
container));return await this.#place({container,digest},folders),digest}async putMany(objects,options={}){let folders=new Set,
results=new Map;return await eachLimited(objects,options.concurrency??4,async object=>{results.set(object.digest,await this.#putOne(
object,folders))}),await syncFolders(folders,this.#fs),results}async read(digest,expectedSize,allocate){let path=this.path(
digest),bytes=await this.#readCopy(digest,path,expectedSize,allocate);if(bytes===void 0||bytes.length===expectedSize)return bytes;
throw damagedCopy(path,digest,`${bytes.length} bytes instead of ${expectedSize}`)}async*list(){let top=join11(this.#registry,
FOLDER);for(let shard of await this.#names(top,"directory")){if(shard.length!==2)continue;let names=(await this.#names(join11(
top,shard),"file")).filter(name=>digestInName(name,shard)!=="");for(let at2=0;at2<names.length;at2+=STATS_AT_ONCE){let group=names.
slice(at2,at2+STATS_AT_ONCE),objects=await Promise.all(group.map(name=>this.#stat(join11(top,shard,name),digestInName(name,
shard))));for(let object of objects)object!==void 0&&(yield object)}}}async#stat(path,hex){let stat=await attempt("read",
path,()=>this.#fs.lstat(path));return stat?.kind==="file"?{digest:hex,path,size:stat.size}:void 0}async#putOne({container,
digest},folders){let found=digestOf(await this.#sha256(container));if(found!==digest)throw new At1Error("object/digest-m\
ismatch",{message:"a container is to be stored under a name that is not its digest",facts:{expected:digest,found}});return this.#place(
{container,digest},folders)}async#place({container,digest},folders){let path=await pathInside(this.#registry,objectPath(
digest),this.#fs),state=await this.#inspect(path,container.length,digest);state!=="intact"&&await writeAtomic(path,container,
{mode:MODE,parents:!0,deferFolders:folders,fs:this.#fs});for(let folder of[dirname6(path),dirname6(dirname6(path)),this.#registry])
folders.add(folder);return state==="intact"?"kept":state==="absent"?"written":"repaired"}async#inspect(path,size,digest){
let stat=await attempt("write",path,()=>this.#fs.lstat(path));if(stat===void 0)return"absent";if(stat.size!==size)return"\
damaged";let bytes=await readFileBounded(path,size,this.#fs).catch(error=>{if(error instanceof At1Error)return new Uint8Array(
0);throw error});return bytes===void 0?"absent":digestOf(await this.#sha256(bytes))===digest?"intact":"damaged"}async#readCopy(digest,path,limit,allocate){
try{return await pathInside(this.#registry,objectPath(digest),this.#fs,"read"),await readFileBounded(path,limit,this.#fs,
allocate)}catch(error){if(!(error instanceof At1Error))throw error;let code2=error.code;throw code2==="io/unsafe-path"||
code2==="document/too-large"||code2==="artifact/changed-while-read"?damagedCopy(path,digest,error.message,error):error}}async#names(folder,kind){
return(await attempt("read",folder,async()=>(await this.#fs.lstat(folder))?.kind==="directory"?this.#fs.readdir(folder):
[])).filter(entry2=>entry2.kind===kind).map(entry2=>entry2.name).sort()}};function digestInName(name,shard){let hex=name.
endsWith(SUFFIX)?name.slice(0,-SUFFIX.length):"";return isDigestHex(hex)&&hex.startsWith(shard)?hex:""}function damagedCopy(path,digest,why,cause){
return new At1Error("object/damaged-copy",{message:`the stored copy of object ${digest.slice(0,12)} is damaged: ${why}`,
hint:"mend it from another copy with `at1 doctor --fix`",facts:{path,digest,why},cause})}async function objectCopies(registry){let{head,engines,repository,root}=registry;return{store:repository.workTree===void 0?
void 0:new ObjectStore(root,{sha256:engines.sha256}),tree:await registryTreeAt(registry,head),registry}}async function openObject(copies,wanted,memory){
let{engines}=copies.registry,base=wanted.base===void 0?void 0:await openObject(copies,wanted.base,memory),damaged4=[...base?.
damaged??[]],failure3;for(let copy of[fileCopy,gitCopy])try{let container=await copy.read(copies,wanted,memory);if(container===
void 0)continue;let bytes=await openSegment(container,wanted,engines,base?.bytes);return base!==void 0&&(memory?.give(base.
container),giveScratch(base.bytes)),{bytes,container,source:copy.source,damaged:damaged4}}catch(error){if(!(error instanceof
At1Error))throw error;failure3=error,damaged4.push(`${objectPath(wanted.object)} (${copy.source==="file"?"working file":
"git"})`)}throw failure3!==void 0?new At1Error(failure3.code==="git/object-missing"?"object/missing":failure3.code,{message:`\
object ${wanted.object.slice(0,12)} has no intact copy: ${failure3.message}`,hint:"copy it from another clone, or regist\
er the file again",facts:{object:wanted.object,copies:damaged4},cause:failure3}):new At1Error("object/missing",{message:`\
object ${wanted.object.slice(0,12)} is not here`,hint:"git pull, or copy it from a clone that has it",facts:{object:wanted.
object}})}var fileCopy={source:"file",read:async({store},{object,stored},memory)=>store?.read(object,stored,memory?.take),
equals:async({store},{object,stored},container)=>{let found=await store?.read(object,stored);return found!==void 0&&Buffer.
compare(found,container)===0}},gitCopy={source:"git",read:async(copies,wanted)=>{let blob=await blobOf(copies,wanted);return blob===
void 0?void 0:readBounded(copies.registry.reader,blob,wanted)},equals:async(copies,wanted,container)=>{let blob=await blobOf(
copies,wanted);return blob!==void 0&&copies.registry.reader.holdsBytes(blob,container)}};async function readBounded(reader,blob,{
object,stored}){try{return await readSmallBlob(reader,blob,stored)}catch(cause){throw cause instanceof At1Error&&cause.code===
"document/too-large"?new At1Error("object/damaged-copy",{message:`the copy of object ${object.slice(0,12)} in git has mo\
re than the ${stored} bytes of the object`,facts:{object,oid:blob},cause}):cause}}async function blobOf({tree,registry},{
object}){let entry2=tree===void 0?void 0:await findEntry(registry.reader,tree,objectPath(object));if(entry2===void 0||entry2.
mode==="100644")return entry2?.oid;throw new At1Error("object/damaged-copy",{message:`${objectPath(object)} is not a pla\
in file in git`})}init_errors();async function*readAhead(items,work,ahead=3){let running=[];try{for(let item of items){let job=work(item);job.catch(()=>{}),
running.push(job),running.length>ahead&&(yield await running.shift())}for(;running.length>0;)yield await running.shift()}finally{
await Promise.allSettled(running)}}var SEGMENT_SIZE=8*1024*1024;var SHARED_FROM=1024*1024,CAPACITY=SEGMENT_SIZE+64*1024,KEPT=8,SegmentMemory=class{#free=[];take=length=>length<SHARED_FROM||
length>CAPACITY?new Uint8Array(length):new Uint8Array(this.#free.pop()??new SharedArrayBuffer(CAPACITY),0,length);give({
buffer}){!(buffer instanceof SharedArrayBuffer)||buffer.byteLength!==CAPACITY||this.#free.length<KEPT&&!this.#free.includes(
buffer)&&this.#free.push(buffer)}inOrder(){return new OrderedMemory(this)}},OrderedMemory=class{#memory;#taken=[];#behind=new WeakMap;#end=0;constructor(memory){
this.#memory=memory}take=length=>{let memory=this.#memory.take(length);return this.#end+=length,this.#taken.push({memory,
end:this.#end}),this.#taken.length>KEPT&&this.#taken.shift(),memory};comes=(piece,behind)=>{this.#behind.set(piece,behind)};done=piece=>{
let behind=this.#behind.get(piece)??0,view2=this.#taken.findIndex(({memory})=>memory.buffer===piece.buffer),later=this.#taken.
findIndex(({end:end2})=>end2>behind),count2=Math.max(view2,later,0);for(let{memory}of this.#taken.splice(0,count2))this.#memory.
give(memory)};end(){for(let{memory}of this.#taken.splice(0))this.#memory.give(memory)}};async function manifestOf(registry,row){let bytes=await readBlob(registry.reader,row.blob);if(digestOf(registry.engines.
sha256(bytes))!==row.manifest)throw new At1Error("manifest/content-mismatch",{message:`${row.path} is not the manifest t\
hat was signed`,hint:"git fsck tells whether the repository is damaged; fetch it from an intact clone"});return readManifest(
bytes,registry.engines)}async function segmentsOf(copies,file,onDamaged=()=>{}){return resolveBases(await listsOf(copies,
file,onDamaged))}async function listsOf(copies,{path,size,segments,bases=[],layout},onDamaged){if(segments!==void 0)return{
segments,bases};if(layout===void 0)throw new At1Error("document/schema",{message:`${path} has neither segments nor layou\
t`});let opened=await openObject(copies,plainReference(layout));for(let copy of opened.damaged)onDamaged(copy);let lists=readLayout(
opened.bytes);if(lists.size!==size)throw new At1Error("manifest/content-mismatch",{message:`the layout of ${path} is of \
another size`});return lists}async function*objectsOf(copies,row){for(let file of(await manifestOf(copies.registry,row)).
files){file.layout!==void 0&&(yield{file,reference:plainReference(file.layout)});let{segments,bases}=await segmentsOf(copies,
file);for(let reference of segments)yield{file,reference};for(let reference of bases)yield{file,reference}}}async function eachVersion(rows,visit,onDamaged=()=>{}){
for(let row of rows)try{await visit(row)}catch(error){if(!(error instanceof At1Error))throw error;onDamaged(error,row)}}init_text();init_errors();init_text();init_errors();var HEADER="# Made from .at1/policy/policy.toml; edits are overwritten. Nothing at1 verifies depends on this file.";function formatAllowedSigners(principals){
let lines3=[HEADER];for(let{name,keys}of[...principals].sort((a,b)=>compareText(a.name,b.name))){if(!isLiteralPrincipal(
name))throw new At1Error("usage/name",{message:`principal '${name}' cannot stand in an allowed_signers file`});for(let key of keys)
lines3.push(`${name} namespaces="${NAMESPACES.join(",")}" ${formatPublicKey(key)}`)}return`${lines3.join(`
`)}
`}function isLiteralPrincipal(name){return/^[\p{L}\p{N}._@+/-]+$/u.test(name)}function allowedSignersOf(policy){return utf8(formatAllowedSigners([...policy.keys].map(([name,keys])=>({name,keys}))))}
async function checkAllowedSigners(reader,tree,policy){let entry2=await findEntry(reader,tree,ALLOWED_SIGNERS_PATH);try{
let wanted=allowedSignersOf(policy),plain=entry2?.mode==="100644"?await readSmallBlob(reader,entry2.oid,Math.max(wanted.
length,POLICY_LIMIT)):void 0;if(plain!==void 0&&equalBytes(plain,wanted))return}catch(error){if(error instanceof At1Error)
return findingOf(error,ALLOWED_SIGNERS_PATH);throw error}return finding("error","policy/allowed-signers",ALLOWED_SIGNERS_PATH,
entry2===void 0?"the file is missing":"the file does not say what the policy says","stock git would believe it: restore \
it with at1 doctor --fix")}init_errors();import{join as join12}from"node:path";var FILE_LIMIT=16*1024*1024;async function verifyWorktree(registry,tree){let{repository,past,reader}=registry;if(repository.
workTree===void 0||past)return[];let findings=[];for(let name of[CONFIG_PATH,...DOCUMENT_FOLDERS]){let entry2=await findEntry(
reader,tree,name);if(entry2!==void 0){if(entry2.mode!=="40000"){await compare(registry,name,entry2.oid,findings);continue}
try{for await(let file of listTree(reader,entry2.oid,`${name}/`,REGISTRY_BOUND))parseRegistryPath(file.path).kind!=="oth\
er"&&await compare(registry,file.path,file.entry.oid,findings)}catch(error){if(!(error instanceof At1Error))throw error;
findings.push(findingOf(error,name))}}}return findings}async function compare(registry,path,oid,findings){let severity=parseRegistryPath(
path).kind==="config"?"warning":"error";try{let here=await readFileBounded(join12(registry.root,...path.split("/")),FILE_LIMIT);
if(here!==void 0&&Buffer.compare(here,await readBlob(registry.reader,oid))===0)return;findings.push(finding(here===void 0?
"warning":severity,"worktree/differs",path,here===void 0?"the working file is gone":"the working file is not what is com\
mitted",`git checkout -- ${path}`))}catch(error){if(!(error instanceof At1Error))throw error;if(error.code==="document/t\
oo-large"&&error.facts.size===registry.reader.blobSize(oid))return;findings.push(finding(severity,"worktree/differs",path,
error.message,`git checkout -- ${path}`))}}init_errors();async function commitsBetween({reader,repository:{shallow},head:base},head){let parentsOf2=async oid=>shallow.has(oid)?[]:
(await readLinks(reader,oid)).parents,straight=[];for(let at2=head;at2!==void 0;){if(at2===base)return straight;straight.
push(at2);let parents=await parentsOf2(at2);at2=parents.length===1?parents[0]:void 0}let known2=new Set([base]);for(let oid of known2)
for(let parent of await parentsOf2(oid))known2.add(parent);if(known2.has(head))return[];let found=new Map,children=new Map,
ahead=new Set([head]);for(let oid of ahead){let parents=(await parentsOf2(oid)).filter(parent=>!known2.has(parent));found.
set(oid,parents);for(let parent of parents)ahead.add(parent),children.set(parent,(children.get(parent)??0)+1)}let ordered2=[],
open3=[head];for(let oid=open3.pop();oid!==void 0;oid=open3.pop()){ordered2.push(oid);for(let parent of found.get(oid)??
[]){let left=(children.get(parent)??0)-1;children.set(parent,left),left===0&&open3.push(parent)}}return ordered2}init_errors();function refuseUnreadable(state,artifact){refuseFirst(findingsOf(state),isAbout(state,artifact))}function refuseUnreadableWithdrawal(state,artifact){
let about=isAbout(state,artifact);refuseFirst(findingsOf(state),path=>laneOf(path)===LIFECYCLE_LANE&&about(path))}function findingsOf({versions,events,evidence,findings}){let waiting2=[...versions.values(),...events.values(),...evidence.
values()].filter(({effective})=>effective===null);return[...findings,...waiting2.flatMap(({problems})=>problems)]}function refuseUnreadablePolicy({
findings}){refuseFirst(findings,isOfPolicy)}function refuseFirst(findings,concerns){let found=firstOf(findings,concerns);
if(found!==void 0)throw new At1Error(found.code,{message:found.message,facts:{subject:found.subject},hint:found.hint??"a\
t1 verify tells everything that is wrong"})}function firstOf(findings,concerns){return findings.find(({severity,code:code2,
subject})=>severity==="error"&&code2.startsWith("git/")&&concerns(subject))}function isAbout({versions},{kind,name}){let contents=new Set;
for(let row of versions.values())row.kind===kind&&row.name===name&&contents.add(row.content);return path=>{let of=documentAt(
path);return of.kind==="evidence"?contents.has(of.content):(of.kind==="manifest"||of.kind==="event")&&of.artifact===kind&&
of.name===name}}function laneOf(path){let of=documentAt(path);return of.kind==="event"?of.lane:void 0}function documentAt(path){
let place2=parseRegistryPath(path);switch(place2.kind){case"signature":case"event-signature":case"evidence-signature":return place2.
of;default:return place2}}function trackingBranch(remote,branch){return`refs/remotes/${remote}/${branch}`}function landedUpstream(registry){let{refs,config,repository}=registry,upstream=refs.upstreamOf(config.branch);if(upstream!==
void 0)return{ref:upstream.ref,oid:refs.resolve(upstream.ref)};let[remote]=repository.config.subsections("remote");if(remote===
void 0)return;let ref=trackingBranch(remote,config.branch);return{ref,oid:refs.resolve(ref)}}async function unlanded(registry){
let{config,head}=registry,landed=landedUpstream(registry)??localBranch(registry);if(landed.oid===head)return;let hint=checkedOut(
registry)===config.branch?"it is not pushed yet: at1 push sends it, then makes its tag":`it is not on ${config.branch} y\
et: its tag is due once that branch has it`;if(landed.oid===void 0)return{has:()=>!0,hint};try{let ahead=new Set(await commitsBetween(
{...registry,head:landed.oid},head));return{has:commit=>commit!==null&&ahead.has(commit),hint}}catch(error){if(error instanceof
At1Error)return;throw error}}function localBranch(registry){let ref=`refs/heads/${registry.config.branch}`;return{ref,oid:registry.
refs.resolve(ref)}}init_errors();init_text();import{createHash as createHash6}from"node:crypto";import{join as join13}from"node:path";init_errors();init_oid();var VERSION2=1,SIZE_LIMIT2=1024*1024;function memoryPath(stateDir,id){return join13(stateDir,"registries",`${id}.json`)}
async function readMemory(stateDir,id,fs2=nodeFileSystem){let path=memoryPath(stateDir,id);try{let bytes=await readFileBounded(
path,SIZE_LIMIT2,fs2);return bytes===void 0?{kind:"absent"}:{kind:"found",memory:parseMemory(fromUtf8(bytes),id)}}catch(error){
if(!(error instanceof At1Error))throw error;return{kind:"damaged",path,message:error.message}}}async function writeMemory(stateDir,id,memory,fs2=nodeFileSystem){
let path=memoryPath(stateDir,id),bytes=utf8(formatMemory(memory,id));try{if(bytes.length>SIZE_LIMIT2)throw bad(`more tha\
n ${SIZE_LIMIT2} bytes`);return await makeFolders(join13(stateDir,"registries"),448,fs2),await writeAtomic(path,bytes,{mode:384,
fs:fs2}),{kind:"written"}}catch(error){if(!(error instanceof At1Error))throw error;return{kind:"unwritable",code:"trust/\
state-unwritable",path,message:error.message}}}function formatMemory(memory,id){let branches=[...memory.branches.keys()].
sort(compareText).map(name=>({ref:name,...memory.branches.get(name)})),document={version:VERSION2,registry:id,root:memory.
root,trust:memory.trust,branches,policies:memory.policies};return`${JSON.stringify({...document,sum:sumOf(document)},void 0,
2)}
`}function sumOf(document){return createHash6("sha256").update(JSON.stringify(document)).digest("hex")}function parseMemory(text,id){
let fields=["version","registry","root","trust","branches"],{sum,...document}=record(parseJson(text),fields,["policies",
"sum"]);if(sum!==void 0&&sum!==sumOf(document))throw bad("its sum is not that of what it says");if(document.version!==VERSION2)
throw bad(`version ${String(document.version)} is not known here`);if(document.registry!==id)throw bad("it belongs to an\
other registry");let{root,trust}=document;if(typeof root!="string"||!isDigestHex(root))throw bad("root is not a digest");
if(trust!=="pinned"&&trust!=="first-use")throw bad("trust is neither pinned nor first-use");if(!Array.isArray(document.branches))
throw bad("branches is not a list");let branches=new Map;for(let item of document.branches){let{ref,commit,policyVersion}=record(
item,["ref","commit","policyVersion"]);if(typeof ref!="string"||ref===""||branches.has(ref))throw bad("a branch without \
a name of its own");if(typeof commit!="string"||!isOid(commit))throw bad(`no commit for ${ref}`);if(typeof policyVersion!=
"number"||!Number.isSafeInteger(policyVersion)||policyVersion<1)throw bad(`no policy version for ${ref}`);branches.set(ref,
{commit,policyVersion})}let{policies}=document;if(policies===void 0)return{root,trust,branches};if(!Array.isArray(policies)||
!policies.every(isDigestText))throw bad("policies is not a list of digests");return{root,trust,branches,policies}}function parseJson(text){
try{return JSON.parse(text)}catch(cause){throw new At1Error("document/syntax",{message:"it is not JSON",cause})}}function isDigestText(value){
return typeof value=="string"&&isDigestHex(value)}function record(value,fields,optional=[]){if(typeof value!="object"||value===
null||Array.isArray(value))throw bad("not an object");let keys=Object.keys(value);if(!keys.every(key=>[...fields,...optional].
includes(key))||!fields.every(field=>keys.includes(field)))throw bad("other fields than known");return value}function bad(message){
return new At1Error("document/schema",{message})}init_text();init_errors();init_node_fs();async function judgeBranches(registry,state,remembered,findings){let{refs,repository}=registry,next3=new Map([...remembered].
filter(([key])=>isAlive(key)));for(let name of trackedBranches(registry,remembered)){let oid=refs.resolve(name)??mirrored(
registry,name);if(oid===void 0)continue;let own=`${name}${IN_CLONE}${repository.commonDir}`,shared=sharedKey(registry,name),
[mine,anybodys]=[remembered.get(own),remembered.get(shared)],before=findings.length;for(let last2 of mine===void 0?earlier(
registry,remembered,shared):[mine])await judgeAdvance(registry,state,name,last2.commit,oid,findings);if(findings.slice(before).
some(({severity})=>severity==="error"))continue;let seen={commit:oid,policyVersion:await policyVersionAt(registry,state,
oid)};next3.set(own,seen),mine===void 0||anybodys===void 0?next3.set(shared,seen):mine.commit!==oid&&anybodys.commit!==oid&&
(await contains(registry,oid,anybodys.commit)!=="no"?next3.set(shared,seen):findings.push(gone(name,anybodys.commit,"war\
ning","was seen there by another clone on this machine")))}return next3}var IN_CLONE=" in ",AT_ADDRESS=" at ";function sharedKey({
repository:{config},engines},name){let remote=remoteOf(config.subsections("remote"),name),address=remote===void 0?void 0:
config.get(`remote.${remote}.url`);return address===void 0?name:`${name}${AT_ADDRESS}${toHex(engines.sha256(utf8(address)))}`}
function remoteOf(remotes,name){return remotes.find(one=>name.startsWith(branchOf(one,"")))}function branchOfKey(key){return key.
slice(0,key.indexOf(" ")<0?void 0:key.indexOf(" "))}function isAlive(key){let at2=key.indexOf(IN_CLONE);return at2<0||existsSync2(
key.slice(at2+IN_CLONE.length))}function trackedBranches(registry,remembered){let{refs,repository,config}=registry,names=new Set(
repository.config.subsections("remote").map(remote=>branchOf(remote,config.branch))),upstream=refs.upstreamOf(config.branch);
upstream?.ref.startsWith("refs/remotes/")&&names.add(upstream.ref);for(let key of remembered.keys())key.includes(IN_CLONE)||
names.add(branchOfKey(key));return[...names].sort()}function branchOf(remote,branch){return`refs/remotes/${remote}/${branch}`}
function mirrored({refs,repository:{config}},name){let remote=remoteOf(config.subsections("remote"),name);if(!(remote===
void 0||!config.all(`remote.${remote}.fetch`).some(spec=>/^\+?refs\/(?:\*:refs\/\*|heads\/\*:refs\/heads\/\*)$/.test(spec))))
return refs.resolve(`refs/heads/${name.slice(branchOf(remote,"").length)}`)}function earlier({repository},remembered,shared){
let same=remembered.get(shared);if(same!==void 0)return[same];let name=branchOfKey(shared),remote=remoteOf(repository.config.
subsections("remote"),name);if(remote===void 0)return[];let address=shared.slice(name.length);return[...remembered].filter(
([key])=>key.startsWith(branchOf(remote,""))&&key===`${branchOfKey(key)}${address}`).map(([,memory])=>memory)}async function judgeAdvance(registry,state,name,last2,oid,findings){
switch(await contains(registry,oid,last2)){case"mainline":return;case"no":findings.push(gone(name,last2,"error","was see\
n there before and is gone"));return;case"unknown":findings.push(finding("note","history/shallow",name,`a shallow clone \
cannot tell whether commit ${last2.slice(0,12)}, seen there before, is still in it`,"git fetch --unshallow"));return;case"\
merged":await judgeTurned(registry,state,name,last2,oid,findings)}}function gone(name,commit,severity,what){return finding(
severity,"history/rewound",name,`commit ${commit.slice(0,12)} ${what}`,"fetch again; if it stays like this, the remote w\
as rewound or replaced: ask its owner")}async function contains(registry,tip,commit){if(tip===commit)return"mainline";let{
reader,repository}=registry,{shallow}=repository;return reader.has(commit)?(await readMainline(reader,tip,{shallow,until:commit})).
end==="until"?"mainline":await isAncestor(reader,commit,tip,shallow)?"merged":shallow.size===0?"no":"unknown":shallow.size===
0?"no":"unknown"}async function judgeTurned(registry,state,name,last2,oid,findings){let source=historySource(registry),{
reader,engines}=registry,then=await foldHistory(source,last2),now=oid===state.head?state:(await foldHistory(source,oid)).
state,from=now.policies.findIndex(({digest})=>digest===then.policy.digest);if(from<0){findings.push(gone(name,last2,"err\
or","was seen there before; the policy it had is not in force any more"));return}let policies=[];for(let{blob}of now.policies.
slice(from))policies.push(await loadPolicyBlob(reader,blob,engines));let tree=await registryTreeAt(registry,oid),[before,
after]=[rowsOf(then.state),rowsOf(now)];for(let row of before.values()){let still=after.get(row.path);if(row.effective===
null||still?.blob===row.blob&&still.effective!==null)continue;let what=`was seen there with this ${nameOf3(row)}, which \
does not count any more`;findings.push(gone(row.path,last2,"error",what))}for(let row of after.values()){if(row.effective===
null||before.get(row.path)?.blob===row.blob||tree===void 0)continue;let authors=authorsIn(now,row);(await Promise.all(policies.
map(policy=>judgeRow(reader,tree,row,policy,engines,authors)))).some(({counts})=>counts)||findings.push(finding("error",
"history/rewound",row.path,`this ${nameOf3(row)} was put before commit ${last2.slice(0,12)}, whose policy does not allow\
 it`,"somebody turned the history around: ask the owner of the registry"))}}function rowsOf({versions,events,evidence}){
return new Map([...versions,...events,...evidence])}function nameOf3({document}){return document==="manifest"?"version":
document}function authorsIn({versions},row){return row.document!=="event"?new Set:new Set(versions.get(manifestPath(row.
kind,row.name,row.version))?.signers)}async function policyVersionAt(registry,state,oid){if(oid===state.head)return state.
policy.version;let{reader,engines}=registry;try{let tree=await registryTreeAt(registry,oid);return(tree===void 0?void 0:
await policyAt(reader,tree,engines))?.loaded.policy.version??state.policy.version}catch(error){if(error instanceof At1Error)
return state.policy.version;throw error}}init_errors();async function olderRegistry({reader,prefix,repository:{shallow}},beginning){let{tree,parents}=await readLinks(reader,beginning),
isEdge=shallow.has(beginning),[parent]=parents;if(parent===void 0&&!isEdge)return;let before=isEdge||parent===void 0?tree:
(await readLinks(reader,parent)).tree,parts=prefix===""?[]:prefix.split("/"),above=parts.map((_,i2)=>parts.slice(0,i2).join(
"/")),own=await orNothing(()=>registryTree(reader,before,prefix)),folders=(own===void 0?[]:await orNothing(()=>readTreeEntries(
reader,own))??[]).filter(({mode})=>mode==="40000").map(({name})=>[...parts,name].join("/"));for(let folder of[...above,...folders]){
let there=await orNothing(()=>registryTree(reader,before,folder));if(there!==void 0&&await orNothing(()=>isRegistry(reader,
there))===!0)return folder}}async function judgeTrust(registry,state,findings){let{environment,expectedRoot,past}=registry,before=findings.length,read4=await readMemory(
environment.stateDir,state.registry),memory=read4.kind==="found"?read4.memory:void 0;read4.kind==="damaged"&&findings.push(
finding("error","trust/root-changed",read4.path,`the memory of this registry is damaged, so nothing tells whether it is \
still the same one: ${read4.message}`,"move this file away to trust the registry anew, after comparing its root with the\
 owner or pinning it with --root"));let known2=memory!==void 0&&state.root.complete,trust=expectedRoot!==void 0?"pinned":
known2?"remembered":"first-use",expected=expectedRoot??memory?.root;if(expected!==void 0&&expected!==state.root.policy&&
state.root.complete?findings.push(finding("error","trust/root-changed",".at1/policy/policy.toml",`the root policy is sha\
256:${state.root.policy}, but sha256:${expected} was ${expectedRoot===void 0?"seen here before":"demanded"}`,"this is an\
other registry, or its history was replaced: ask its owner")):expectedRoot!==void 0&&!state.root.complete?findings.push(
finding("error","trust/root-changed",".at1/policy/policy.toml","a shallow clone cannot show the root policy","git fetch \
--unshallow")):memory!==void 0&&!state.root.complete&&!isKnownEdge(state,memory)?findings.push(finding("error","trust/ro\
ot-changed",".at1/policy/policy.toml","a shallow clone cannot show the root policy, and what it begins with was never se\
en here","git fetch --unshallow")):trust==="first-use"&&findings.push(finding("note","trust/first-use",".at1/policy/poli\
cy.toml",state.root.complete?`root policy sha256:${state.root.policy} is trusted on first use`:"the policy at the edge o\
f a shallow clone is trusted as it is",state.root.complete?`compare it with the owner's, then pin it: --root sha256:${state.
root.policy}`:"git fetch --unshallow shows the root")),expectedRoot===void 0&&memory?.trust!=="pinned"){let older=await olderRegistry(
registry,state.root.commit);older!==void 0&&findings.push(otherMeant(registry,older))}let remembered=memory?.branches??new Map,
branches=past?remembered:await judgeBranchesSafely(registry,state,remembered,findings);if(!findings.slice(before).some(found=>found.
severity==="error")&&!past&&state.root.complete){let written=await writeMemory(environment.stateDir,state.registry,{root:parseDigest(
state.root.policy),trust:expectedRoot===void 0?memory?.trust??"first-use":"pinned",branches,policies:[...new Set([...memory?.
policies??[],...state.policies.map(({digest})=>digest)])]});written.kind==="unwritable"&&findings.push(finding("note",written.
code,written.path,`nothing is remembered here: ${written.message}`))}return trust}function otherMeant({prefix},older){return finding(
"error","trust/root-changed",prefix===""?CONFIG_PATH:`${prefix}/${CONFIG_PATH}`,`the registry in ${folderInWords(prefix)}\
 began when there was one in ${folderInWords(older)} already, which may be the one you mean`,"name that one with --regis\
try, or pin the root of this one: somebody may have added it to lead you away")}function isKnownEdge(state,memory){let seen=[
...memory.branches.values()];if(seen.some(({commit})=>commit===state.root.commit))return!0;let newest=Math.max(0,...seen.
map(({policyVersion})=>policyVersion));return(memory.policies??[memory.root]).includes(state.root.policy)&&state.policy.
version>=newest}async function judgeBranchesSafely(registry,state,remembered,findings){try{return await judgeBranches(registry,
state,remembered,findings)}catch(error){if(!(error instanceof At1Error))throw error;return findings.push(findingOf(error,
"refs/remotes")),remembered}}function evidenceAbout2({evidence},content){let rows=[...evidence.values()].filter(row=>row.content===content);return rows.
sort((a,b)=>a.created===b.created?a.path<b.path?-1:1:a.created<b.created?-1:1),rows.map(shownEvidence)}function shownEvidence(row){
return{path:row.path,type:row.type,state:row.effective===null?"pending":"effective",result:row.result,suite:row.suite===
null?null:formatDigest(row.suite),metrics:row.metrics,files:row.files,signers:row.signers,created:row.created,expires:row.
expires,reason:row.reason}}init_errors();function describePolicy(loaded3,engines){let{policy,keys}=loaded3;return{registry:policy.registry,version:policy.version,
digest:formatDigest(loaded3.digest),principals:[...policy.principals.values()].map(({name,printedName})=>({name,printed:printedName,
keys:(keys.get(name)??[]).map(key=>({id:keyIdOf(key.raw,engines),key:formatPublicKey(key)})),roles:[...policy.roles].filter(
([,members])=>members.has(name)).map(([role])=>role)})),rules:policy.rules.map(({evidence,metrics,...rule})=>({...rule,evidence:evidence.
map(({type,role=null,threshold,maxAgeDays=null,suite})=>({type,role,threshold,maxAgeDays,suite:suite===void 0?null:formatDigest(
suite)})),metrics:metrics.map(formatBound)})),bars:policy.bars.map(({artifacts,stage,bound})=>({artifacts,stage,metric:formatBound(
bound)})),revoked:policy.revoked.map(({key,cutoff,reason=null})=>({id:idOf(key,engines),key,cutoff,reason})),gate:{objects:policy.
gateObjects}}}function idOf(text,engines){try{return keyIdOf(parsePublicKey(text).raw,engines)}catch(error){if(error instanceof
At1Error)return null;throw error}}function policyDifference(before,after,engines){return differenceOf(describePolicy(before,engines),describePolicy(after,
engines))}function differenceOf(before,after){let objects={before:before.gate.objects,after:after.gate.objects};return{before:{
version:before.version,digest:before.digest},after:{version:after.version,digest:after.digest},principals:principalsOf2(
before,after),roles:rolesOf2(before,after),rules:editOf(before.rules,after.rules).map(({state,index,value})=>({state,number:index+
1,rule:value})),bars:editOf(before.bars,after.bars).map(({state,value})=>({state,bar:value})),revoked:editOf(before.revoked,
after.revoked).map(({state,value})=>({state,key:value})),gate:objects.before===objects.after?null:objects}}function principalsOf2(before,after){
let[old,now]=[before,after].map(({principals})=>new Map(principals.map(one=>[one.name,one]))),found=[];for(let name of namesIn(
old,now)){let[was,is]=[old?.get(name),now?.get(name)],keys=changeOf(was?.keys.map(({id})=>id)??[],is?.keys.map(({id})=>id)??
[]),printed=[...new Set([was?.printed,is?.printed].filter(text=>text!==void 0))],state=stateOf(was,is);state==="changed"&&
printed.length===1&&keys.added.length+keys.removed.length===0||found.push({name,state,printed,keysAdded:keys.added,keysRemoved:keys.
removed})}return found}function rolesOf2(before,after){let[old,now]=[membersOf(before),membersOf(after)],found=[];for(let role of namesIn(
old,now)){let change2=changeOf(old.get(role)??[],now.get(role)??[]);change2.added.length+change2.removed.length!==0&&found.
push({role,state:stateOf(old.get(role),now.get(role)),...change2})}return found}function membersOf({principals}){let members=new Map;
for(let{name,roles}of principals)for(let role of roles)members.set(role,[...members.get(role)??[],name]);return members}
function namesIn(...maps){return[...new Set(maps.flatMap(map=>[...map?.keys()??[]]))].sort()}function stateOf(was,is){return was===
void 0?"added":is===void 0?"removed":"changed"}function changeOf(before,after){return{added:after.filter(one=>!before.includes(
one)).sort(),removed:before.filter(one=>!after.includes(one)).sort()}}function editOf(before,after){let[a,b]=[before,after].
map(list2=>list2.map(value=>JSON.stringify(value))),rest=longestFrom(a,b),edits=[],[i2,j]=[0,0];for(;i2<a.length||j<b.length;)
i2<a.length&&j<b.length&&a[i2]===b[j]?(i2++,j++):j>=b.length||i2<a.length&&(rest[i2+1]?.[j]??0)>=(rest[i2]?.[j+1]??0)?edits.
push({state:"removed",index:i2,value:before[i2++]}):edits.push({state:"added",index:j,value:after[j++]});return edits}function longestFrom(a,b){
let rows=Array.from({length:a.length+1},()=>new Uint16Array(b.length+1));for(let i2=a.length-1;i2>=0;i2--){let[row,below]=[
rows[i2],rows[i2+1]];for(let j=b.length-1;j>=0;j--)row[j]=a[i2]===b[j]?below[j+1]+1:Math.max(below[j],row[j+1])}return rows}var HINTS={"lineage/unknown":"register that version, with that content; or withdraw this one: at1 yank","lineage/other-c\
ontent":"register it again under another version, from the right parent; withdraw this one: at1 yank","lineage/cycle":"n\
othing comes from itself: withdraw one of them: at1 yank","lineage/revoked":"look whether what was wrong with it is wron\
g with this one too"};function checkLineage2(state){let rows=[...state.versions.values()].filter(({lineage})=>lineage.length>
0);if(rows.length===0)return[];let{find,stateOf:stateOf4}=lineageOf(state),graph=new Map(rows.map(row=>[refOf(row),parentsOf(
row.lineage)])),circles=circular(graph),revoked=[...state.versions.values()].filter(row=>stateOf4(row)==="revoked").map(
refOf),tainted=descendants(graph,revoked);return rows.filter(({effective,signers})=>effective!==null||signers.length>0).
flatMap(row=>{let ref=refOf(row),problems=[...linkProblems(row.lineage,find)];circles.has(ref)&&problems.push({code:"lin\
eage/cycle",message:"its lineage goes round in a circle"});let origin=tainted.get(ref);origin!==void 0&&problems.push({code:"\
lineage/revoked",message:`it comes from ${origin}, which was revoked`});let own=stateOf4(row),out=own==="yanked"||own===
"revoked";return problems.map(({code:code2,message})=>finding(out||code2==="lineage/revoked"?"warning":"error",code2,row.
path,message,HINTS[code2]))})}function refOf({kind,name,version}){return`${kind}/${name}@${version}`}function lineageOf(state){
let lanes=lanesByArtifact(state),rows=new Map([...state.versions.values()].map(row=>[refOf(row),row])),stateOf4=({kind,name,
version})=>lanes.get(`${kind}/${name}`)?.withdrawn.get(version)?.state;return{rows,find:ref=>{let row=rows.get(ref);if(row===
void 0)return;let{content,lineage,effective}=row;return{content,lineage,effective:effective!==null,revoked:stateOf4(row)===
"revoked"}},stateOf:stateOf4}}init_errors();init_text();init_errors();function resolve5(ref,known2,options={}){let kind=ref.kind??onlyKind(ref,known2.versions),versions=known2.versions.filter(
version=>version.kind===kind&&version.name===ref.name).sort((a,b)=>compareVersions(b.version,a.version)||compareText(b.version,
a.version));if(versions.length===0)throw unknownName(ref,known2.versions);let{selector}=ref;switch(selector.kind){case"e\
xact":return named(ref,versions.filter(version=>version.version===selector.version),versions,options);case"digest":return named(
ref,versions.filter(version=>version.content===selector.digest),versions,options);case"latest":return highest(ref,versions,
void 0);case"range":return highest(ref,versions,selector.range);case"stage":return held(ref,selector.name,versions,known2.
holders,options);default:return unreachable(selector)}}function onlyKind(ref,versions){let kinds=new Set;for(let version of versions)
version.name===ref.name&&kinds.add(version.kind);let[first,...more]=[...kinds].sort();if(first===void 0)throw unknownName(
ref,versions);if(more.length===0)return first;throw failure("artifact/ambiguous",`${ref.name} is the name of ${kinds.size}\
 artifacts`,"name the kind too",{asked:formatReference(ref),candidates:[first,...more].map(kind=>formatReference({...ref,
kind}))})}function named(ref,matches2,versions,options){let chosen=[...matches2].sort((a,b)=>standing(b)-standing(a))[0];
if(chosen===void 0)throw unknownVersion(ref,versions);return give(ref,chosen,options)}function give(ref,chosen,options){
let{version,state}=chosen,facts={asked:formatReference(ref),version,...chosen.by===void 0?{}:{by:chosen.by}};if(state===
"tombstoned"){let whose=chosen.by===void 0?"":` of ${chosen.by}`;throw failure("artifact/tombstoned",`version ${version}\
 is absent by order${whose}`,void 0,facts)}if(!chosen.effective)throw failure("artifact/pending",`version ${version} is \
pending`,"it takes effect when enough people have signed it",facts);if(state==="revoked"&&options.allowRevoked!==!0)throw failure(
"artifact/revoked",`version ${version} is revoked`,"use another version",facts);return{chosen,warnings:state==="active"?
[]:[{kind:state,version}]}}function standing(version){return["tombstoned","revoked","yanked","deprecated","active"].indexOf(
version.state)*2+(version.effective?10:0)}function highest(ref,versions,range){let eligible=versions.filter(version=>version.
effective&&(version.state==="active"||version.state==="deprecated")),proper=eligible.find(({version})=>range===void 0?!isPrerelease(
version):satisfies(version,range));if(proper!==void 0)return give(ref,proper,{});let prerelease=eligible.find(({version})=>range===
void 0||isWithin(version,range));if(prerelease===void 0)throw unknownVersion(ref,versions);let{chosen,warnings}=give(ref,
prerelease,{});return{chosen,warnings:[...warnings,{kind:"prerelease",version:chosen.version}]}}function held(ref,lane,versions,holders,options){
let lanes=holders.filter(holder2=>holder2.name===ref.name&&holder2.kind===versions[0]?.kind),holder=lanes.find(candidate=>candidate.
lane===lane),chosen=versions.find(({version})=>version===holder?.effective);if(chosen!==void 0&&!(chosen.state==="revoke\
d"&&options.allowRevoked!==!0))return give(ref,chosen,options);let pending2=holder?.pending;throw failure("artifact/not-\
found",`no version of ${ref.name} holds ${lane}${pending2===void 0?"":` (${pending2} is pending)`}`,void 0,{asked:formatReference(
ref),...pending2===void 0?{}:{pending:pending2},didYouMean:nearest(lane,lanes.filter(candidate=>candidate.effective!==void 0).
map(candidate=>candidate.lane))})}function unknownName(ref,versions){let prefix=ref.kind===void 0?"":`${ref.kind}/`,names=new Set;
for(let{kind,name}of versions)names.add(ref.kind===void 0?name:`${kind}/${name}`);let didYouMean=nearest(`${prefix}${ref.
name}`,names);return failure("artifact/not-found",`there is no ${ref.kind??"artifact"} named ${ref.name}`,suggestion(didYouMean),
{asked:formatReference(ref),didYouMean})}function unknownVersion(ref,versions){let{selector}=ref,shown=versions.slice(0,
5).map(({version,state,effective})=>{let note=effective?state:"pending";return note==="active"?version:`${version} (${note}\
)`}),asked3=formatReference(ref),didYouMean=selector.kind==="exact"?nearest(selector.version,versions.map(({version})=>version)):
[];return failure("artifact/not-found",`there is no version for ${asked3}`,suggestion(didYouMean),{asked:asked3,didYouMean,
versions:shown})}function suggestion(names){return names.length===0?void 0:`did you mean ${names.join(" or ")}?`}function failure(code2,message,hint,facts){
return new At1Error(code2,{message,facts,hint})}function resolveVersion(state,reference,options={}){let known2=knownVersions(state,options.now),asked3=parseReference(reference);
try{let{chosen,warnings}=resolve5(asked3,known2,options);return asked3.selector.kind==="exact"||asked3.selector.kind==="\
digest"?options.allowRevoked!==!0&&refuseUnreadableWithdrawal(state,chosen.row):refuseUnreadable(state,chosen.row),{row:chosen.
row,warnings}}catch(error){if(error instanceof At1Error&&error.code==="artifact/pending")throw whyPending(error,asked3,known2.
versions);if(error instanceof At1Error&&error.code==="artifact/not-found")for(let kind of asked3.kind===void 0?KINDS:[asked3.
kind])refuseUnreadable(state,{...asked3,kind});throw error}}function knownVersions(state,now){let lanes=lanesByArtifact(
state);return{versions:[...state.versions.values()].map(row=>{let withdrawn=lanes.get(`${row.kind}/${row.name}`)?.withdrawn.
get(row.version);return{kind:row.kind,name:row.name,version:row.version,content:row.content,effective:row.effective!==null,
state:withdrawn?.state??"active",by:withdrawn?.event.actor,row}}),holders:holdersOf(state,lanes,now)}}function holdersOf(state,all,now){
let holders=new Map;for(let[artifact,lanes]of all)for(let lane of new Set([...lanes.held.keys(),...lanes.aliases.keys()])){
let held2=holderOf(lanes,lane),{kind,name}=parseArtifact(artifact),gone2=held2===void 0||now!==void 0&&isExpired(held2,now);
holders.set(`${artifact}:${lane}`,{kind,name,lane,effective:gone2?void 0:held2.version})}for(let{kind,name,lane,version,
action}of waitingEvents(state)){if(action!=="promote"&&action!=="rollback"&&action!=="alias")continue;let key=`${kind}/${name}\
:${lane}`;holders.set(key,{kind,name,lane,effective:holders.get(key)?.effective,pending:version})}return[...holders.values()]}
function parseArtifact(artifact){let slash=artifact.indexOf("/");return{kind:parseKind(artifact.slice(0,slash)),name:parseName(
artifact.slice(slash+1))}}function whyPending(error,asked3,known2){let problem=known2.find(({row})=>row.name===asked3.name&&(asked3.kind===void 0||
row.kind===asked3.kind)&&row.version===error.facts.version)?.row.problems.find(({severity})=>severity==="error");return problem===
void 0?error:new At1Error(problem.code,{message:problem.message,facts:{subject:problem.subject,...error.facts},cause:error,
...problem.hint===null?{}:{hint:problem.hint}})}function shownLineage({lineage=[]}){return lineage.map(({relation,ref=null,uri=null,content=null,parameters=[]})=>({relation,
ref,uri,content,parameters:Object.fromEntries(parameters.map(({name,value})=>[name,value]))}))}function stateOf2(row){return row.problems.some(({severity})=>severity==="error")?"wrong":row.effective===null?"pending":
"effective"}var MOST_FILES=100;async function reviewedVersion(base,there,policy,row){let held2=await registryTreeAt(base,base.head),
copies={...await objectCopies(there),store:void 0},shared=0,manifest;await eachVersion([row],async()=>{manifest=await manifestOf(
there,row);for await(let{reference}of objectsOf(copies,row))(held2===void 0?void 0:await findEntry(base.reader,held2,objectPath(
reference.object)))!==void 0&&(shared+=reference.stored)});let{description=null,license=null,metrics={},card=null,files=[]}=manifest??
{};return{ref:`${row.kind}/${row.name}@${row.version}`,path:row.path,content:formatDigest(row.content),manifest:formatDigest(
row.manifest),state:stateOf2(row),signers:row.signers,...signatureCount(policy,row),description,license,metrics,lineage:shownLineage(
manifest??{}),card,files:row.files,listed:files.slice(0,MOST_FILES).map(({path,size,sha256:sha2562})=>({path,size,sha256:formatDigest(
sha2562)})),size:row.size,stored:row.stored,shared}}async function reviewOf(base,before,after,head,asked3=new Set){let there={...base,head},{state,policy}=after,versions=[];
for(let row of state.versions.values()){let was=before.state.versions.get(row.path);(!(was?.blob===row.blob&&was.effective===
row.effective&&was.signers.length===row.signers.length)||asked3.has(row.path))&&versions.push(await reviewedVersion(base,
there,policy,row))}let events=[];for(let row of state.events.values()){let was=before.state.events.get(row.path);(was===
void 0||was.order!==row.order||was.signers.length!==row.signers.length||asked3.has(row.path))&&events.push(await reviewedEvent(
there,before.state,after,row))}events.sort((a,b)=>orderOf(state,a)-orderOf(state,b));let evidence=[...state.evidence.values()].
filter(({path})=>!before.state.evidence.has(path)),decision=decide(policy.policy,"policy",void 0,new Set),[from,to]=[before.
policy.policy.version,policy.policy.version];return{versions,events,evidence:evidence.map(row=>({...shownEvidence(row),content:formatDigest(
row.content)})),policy:from===to?null:{before:from,after:to,difference:policyDifference(before.policy,policy,base.engines)},
policyNeeds:decision.kind==="denied"?decision.needs:0}}function orderOf({events},{path}){return events.get(path)?.order??
Number.MAX_SAFE_INTEGER}async function reviewedEvent(there,before,{state,policy},row){let own=versionIn(state,row,row.version),
holder=holderOf(lanesIn(before,row),row.lane)?.version,other2=holder===void 0||holder===row.version?void 0:versionIn(state,
row,holder),[mine,theirs]=[await measured(there,state,own),await measured(there,state,other2)],manifest=await readable2(
there,own),names=[...new Set([...Object.keys(mine),...Object.keys(theirs)])].sort();return{...eventStanding(state,policy,
row),ref:`${row.kind}/${row.name}@${row.version}`,content:formatDigest(row.content),actor:row.actor,printed:row.printed,
created:row.created,meaning:row.meaning,holder:other2?.version??null,metrics:names.map(name=>({name,before:theirs[name]??
null,after:mine[name]??null})),license:manifest?.license??null,lineage:shownLineage(manifest??{}),size:own?.size??0,evidence:evidenceAbout2(
state,row.content)}}function versionIn({versions},{kind,name},version){return versions.get(manifestPath(kind,name,version))}
async function readable2(there,row){let manifest;return await eachVersion(row===void 0?[]:[row],async one=>{manifest=await manifestOf(
there,one)}),manifest}async function measured(there,state,row){if(row===void 0)return{};let evidence=evidenceAbout2(state,
row.content).filter(({state:standing2})=>standing2==="effective");return Object.assign({},(await readable2(there,row))?.
metrics,...evidence.map(({metrics})=>metrics))}async function simulateLanding(registry,from,{tree,parents},author,objects=new Map){let commit=put(objects,"commit",formatCommit(
{tree,parents,author,committer:author,message:`what would be
`})),reader=over(registry.reader,objects);return{...await foldHistory({...historySource(registry),reader},commit,{from:from.
state}),commit}}async function simulateRebase(registry,from,commits){let{reader,head}=registry,objects=new Map,overlay=over(
reader,objects),tip=head,{tree}=await readCommit(reader,head);for(let oid of commits){let commit=await readCommit(reader,
oid),[parent]=commit.parents,before=parent===void 0?void 0:(await readCommit(reader,parent)).tree,leaves=new Map;for await(let{
path,after}of diffTrees(reader,before,commit.tree))isOfRegistry(registry,path)&&leaves.set(path,after===void 0?null:{oid:after.
oid,executable:after.mode!=="100644"});let{root,trees}=await spliceTree(overlay,tree,leaves);for(let made of trees)put(objects,
"tree",made.bytes);tree=root;let{author,committer,message}=commit;tip=put(objects,"commit",formatCommit({tree,parents:[tip],
author,committer,message}))}return foldHistory({...historySource(registry),reader:overlay},tip,{from:from.state})}function isOfRegistry({
prefix},path){if(prefix!==""&&!path.startsWith(`${prefix}/`))return!1;let place2=parseRegistryPath(prefix===""?path:path.
slice(prefix.length+1));return place2.kind!=="object"&&(place2.kind!=="other"||place2.owned)}function put(objects,type,bytes){
let oid=oidOf(type,bytes);return objects.set(oid,{type,bytes}),oid}function over(reader,objects){return{read:async(oid,limit)=>objects.
get(oid)??await reader.read(oid,limit)}}init_packed_refs();function checkPackedRefs({refs}){let[first,...more]=refs.packedProblems();if(first===void 0)return[];let others=more.length===
0?"":`, and ${more.length} more such lines`;return[finding("error","git/ref-invalid",".git/packed-refs",`${first.problem}${others}\
: refs may be missing`,PACKED_REFS_HINT)]}init_errors();import{resolve as resolve6}from"node:path";init_refs();init_repository();async function findCommit(options){let environment=defaultEnvironment(options.environment),repository=await openRepository(
resolve6(options.dir),repositoryOptions(environment));if(repository.shallow.size>0)throw new At1Error("git/shallow",{message:"\
this clone is shallow: it does not hold the history that a change is judged by",hint:"check out all of it: fetch-depth: \
0"});let reader=new GitReader(repository);try{let refs=new Refs(repository),commit=await resolveMoment(options.commit,refs.
head().oid,reader,refs,repository),{parents}=await readCommit(reader,commit);return{commit,parents}}finally{reader.close()}}init_text();async function checkCommit(oid,commit,policy,engines){let subject=`commit ${oid}`,{signature}=commit;if(signature===void 0)
return finding("note","commit/unsigned",subject,"the commit is not signed; the signature files in its tree are what coun\
ts");if(signature.kind!=="ssh")return finding("note","commit/host-signed",subject,`the commit carries a ${signature.kind}\
 signature, which is not judged`);let check=await verifyMessageAside(signature.armor,"git",commit.payload,engines);return check.
kind==="bad"?finding("error","commit/bad-signature",subject,check.message,"the commit was altered after it was signed"):
judgeSigner(oid,toHex(check.publicKey),policy)}function judgeSigner(oid,key,policy){if(!policy.owners.has(key))return finding(
"note","commit/unknown-signer",`commit ${oid}`,"signed by a key that the policy does not list")}init_text();init_errors();var SIZE_LIMIT3=16*1024,FILES_LIMIT=5e3,WALK_BOUND={depth:32,entries:5e4},BEGIN=`-----BEGIN ${PRIVATE_KEY_LABEL}-----`,END=`\
-----END ${PRIVATE_KEY_LABEL}-----`,AGE=/AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}/;async function checkSecrets(reader,tree,policy){let findings=[],left=FILES_LIMIT;for await(let{path,oid}of foreignFiles(
reader,tree)){if(left--===0)break;let found=await checkSecret(reader,path,oid,policy);found!==void 0&&findings.push(found)}
return findings}function mayHoldSecret(path,{mode}){return mode.startsWith("100")&&parseRegistryPath(path).kind==="other"}
async function checkSecret(reader,path,oid,policy){let text=await textOf2(reader,oid);return text?.includes(BEGIN)===!0?
exposed(path,ownerOf(text,policy)):text!==void 0&&AGE.test(text)?exposed(path,void 0):void 0}function exposed(path,owner){
return owner===void 0?finding("warning","key/exposed",path,"a private key is committed","if it is used anywhere, replace\
 it"):finding("error","key/exposed",path,`the private key of ${owner} is committed: anybody who has this repository may \
sign as ${owner}`,"take the key out of the policy, and make a new one: removing the file does not remove it from history")}
function ownerOf(text,policy){let[begin,end2]=[text.indexOf(BEGIN),text.indexOf(END)];try{let{publicKey}=parsePrivateKeyContainer(
`${text.slice(begin,end2+END.length)}
`);return policy.owners.get(toHex(publicKey))}catch(error){if(error instanceof At1Error)return;throw error}}async function textOf2(reader,oid){
try{return fromLatin1(await readSmallBlob(reader,oid,SIZE_LIMIT3))}catch(error){if(error instanceof At1Error)return;throw error}}
async function*foreignFiles(reader,tree){for(let top of await readTreeEntries(reader,tree))if(top.name!=="objects"){if(!isTree(
top)){mayHoldSecret(top.name,top)&&(yield{path:top.name,oid:top.oid});continue}try{for await(let{path,entry:entry2}of listTree(
reader,top.oid,`${top.name}/`,WALK_BOUND))mayHoldSecret(path,entry2)&&(yield{path,oid:entry2.oid})}catch(error){if(!(error instanceof
At1Error))throw error}}}var CODEOWNERS_PATHS=[".github/CODEOWNERS","CODEOWNERS","docs/CODEOWNERS"];var FOLDERS2=[".github",".forgejo",".gitea",".gitlab"],FILES=[".gitmodules",".lfsconfig",".gitlab-ci.yml","action.yml","\
action.yaml",...CODEOWNERS_PATHS.map(path=>path.toLowerCase())].map(path=>path.split("/")),ATTRIBUTES=".gitattributes",UNSEEN=/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;
function steersBy(path,prefix){let parts=partsOf2(path),folder=prefix===""?[]:partsOf2(prefix);if(FOLDERS2.some(name=>isMeant(
parts[0],name))||FILES.some(names=>areMeant(parts,names))||areMeant(parts,[...folder,CONFIG_PATH]))return"content";let isInside=parts.
length>folder.length&&areMeant(parts.slice(0,folder.length),folder),above=parts.slice(0,-1),reaches=isInside||areMeant(above,
folder.slice(0,above.length));return isMeant(parts.at(-1),ATTRIBUTES)&&reaches?"content":parts.some(part=>isMeant(part,CONFIG_PATH))?
"presence":void 0}function partsOf2(path){return foldPath(path).replace(UNSEEN,"").replaceAll("\\","/").split("/").map(part=>part.
replace(/:.*$/s,"").replace(/[. ]+$/,""))}function areMeant(parts,names){return parts.length===names.length&&parts.every(
(part,i2)=>isMeant(part,names[i2]))}function isMeant(part,name){return part!==void 0&&(part===name||part.includes("~")&&
isShortFor(part,name))}function isShortFor(part,name){let[,start2,number,extension=""]=/^([^.~]{1,6})~([1-9][0-9]*)(?:\.([^.]{0,3}))?$/.
exec(part)??[];if(start2===void 0||number===void 0)return!1;let[stem="",...rest]=name.replace(/^\./,"").split(".");if((rest.
at(-1)??"").slice(0,3)!==extension)return!1;let letters=Math.min(6,7-number.length,stem.length);return start2===stem.slice(
0,letters)||isHashed(start2,stem)}function isHashed(start2,stem){return start2.length>3&&stem.startsWith(start2.slice(0,
2))&&/^[0-9a-f]+$/.test(start2.slice(2))}var BOUND={depth:96,entries:5e5};async function changedPaths({reader},base,head){let[before,after]=[(await readCommit(reader,
base)).tree,(await readCommit(reader,head)).tree],paths=[];for await(let{path}of diffTrees(reader,before,after,"",BOUND))
paths.push(path);return paths}function inRegistry({prefix},path){return prefix===""?path:path.startsWith(`${prefix}/`)?path.
slice(prefix.length+1):void 0}async function changesOfEach(registry,commits){let{reader,prefix}=registry,bound={...BOUND,
together:{left:BOUND.entries}},found=[];for(let oid of commits){let{tree,parents:[parent]}=await readCommit(reader,oid),
before=parent===void 0?void 0:(await readCommit(reader,parent)).tree,steering=[],foreign=[];for await(let change2 of diffTrees(
reader,before,tree,"",bound)){let{path,after:entry2}=change2;parent!==void 0&&steersBy(path,prefix)!==void 0&&steering.push(
change2);let inside=inRegistry(registry,path);inside!==void 0&&entry2!==void 0&&mayHoldSecret(inside,entry2)&&foreign.push(
{path,entry:entry2})}found.push({oid,steering,foreign})}return found}init_errors();async function presentObjects(copies,row){let{tree,registry}=copies,findings=[];try{for await(let{reference}of objectsOf(
copies,row)){let path=objectPath(reference.object),entry2=tree===void 0?void 0:await findEntry(registry.reader,tree,path),
size=entry2===void 0?void 0:registry.reader.blobSize(entry2.oid);if(entry2===void 0)findings.push(finding("error","objec\
t/missing",path,`${row.path} needs it, and it is not in the change`));else if(size!==void 0&&size!==reference.stored){let message=`\
it has ${size} bytes, and ${row.path} says ${reference.stored}`;findings.push(finding("error","object/digest-mismatch",path,
message))}}}catch(error){if(!(error instanceof At1Error))throw error;findings.push(findingOf(error,row.path))}return findings}init_errors();async function verifyVersionObjects(copies,row,done){let manifest;try{manifest=await manifestOf(copies.registry,row)}catch(error){
if(!(error instanceof At1Error))throw error;done.findings.push(findingOf(error,row.path));return}for(let file of manifest.
files)await verifyFile(copies,row,file,done)}async function verifyFile(copies,row,file,done){let{engines}=copies.registry,
lists=await listSegments(copies,row,file,done);if(lists===void 0)return;let{segments,bases}=lists,key=`${file.size} ${file.
sha256} ${file.blake3} ${[...segments,...bases].map(one=>`${one.object} ${claimOf(one)}`).join(" ")}`;if(done.files.has(
key))return;done.files.add(key);for(let base of bases)await verifyCopies(copies,row,base,done);let[only]=segments,sha2562=segments.
length===1&&only?.sha256===file.sha256?void 0:engines.newSha256(),blake32=engines.newBlake3(),memory=new SegmentMemory,inspecting=readAhead(
segments,async segment=>({segment,found:await inspect(copies,segment,done,memory)}));for await(let{segment,found}of inspecting){
let bytes=report2(found,row,segment,done);if(bytes===void 0)return;sha2562?.update(bytes),blake32.update(bytes),done.onBytes(
bytes.length),found.container!==void 0&&memory.give(found.container)}((sha2562===void 0?file.sha256:digestOf(sha2562.digest()))!==
file.sha256||blake3Of(blake32.digest())!==file.blake3)&&done.findings.push(finding("error","file/digest-mismatch",`${row.
kind}/${row.name}@${row.version}: ${file.path}`,"the file its objects give does not have the digests of the manifest","t\
he manifest was wrong when it was signed: register the file again as a new version"))}async function listSegments(copies,row,file,done){
let{segments,bases=[]}=file;if(segments!==void 0)return resolveBases({segments,bases});if(file.layout===void 0)return;let bytes=await verifyCopies(
copies,row,plainReference(file.layout),done);if(bytes!==void 0)try{let layout=readLayout(bytes);if(layout.size===file.size)
return resolveBases(layout);done.findings.push(finding("error","manifest/content-mismatch",row.path,`the layout of ${file.
path} is of another size`))}catch(error){if(!(error instanceof At1Error))throw error;done.findings.push(findingOf(error,
`${row.path}: layout of ${file.path}`))}}async function verifyCopies(copies,row,wanted,done){return report2(await inspect(
copies,wanted,done),row,wanted,done)}function claimOf({sha256:sha2562,size,stored,transform,base}){return`${sha2562} ${size}\
 ${stored} ${transform??""} ${base?.sha256??""}`}async function inspect(copies,wanted,done,memory){let claims=done.objects.
get(wanted.object)??new Set,first=!claims.has(claimOf(wanted));done.objects.set(wanted.object,claims.add(claimOf(wanted)));
let intact,seen=0,problems=[],base=await openBase(copies,wanted,memory);base instanceof At1Error&&problems.push({source:"\
base",error:base});for(let copy of[fileCopy,gitCopy]){if(!first&&intact!==void 0)break;try{if(intact!==void 0&&await copy.
equals(copies,wanted,intact.container)){seen++;continue}let container=await copy.read(copies,wanted,memory);if(container===
void 0)continue;seen++,intact={container,bytes:await openWith(base,container,wanted,copies)}}catch(error){if(!(error instanceof
At1Error))throw error;seen++,problems.push({source:copy.source,error})}}return{bytes:intact?.bytes,container:intact?.container,
seen,problems:first?problems:[]}}async function openBase(copies,{base},memory){if(base!==void 0)try{return(await openObject(
copies,base,memory)).bytes}catch(error){if(error instanceof At1Error)return error;throw error}}async function openWith(base,container,wanted,{
registry:{engines}}){if(!(base instanceof At1Error))return openSegment(container,wanted,engines,base);await checkObject(
container,wanted,engines)}function report2({bytes,seen,problems},row,wanted,done){let needed=`needed by ${row.kind}/${row.
name}@${row.version}`;for(let{source,error}of problems){let what=`${needed}, but ${WHERE[source]}: ${error.message}`;done.
findings.push(finding("error",error.code,objectPath(wanted.object),what,hintFor(source,error,bytes!==void 0)))}return bytes===
void 0&&seen===0&&done.findings.push(finding("error","object/missing",objectPath(wanted.object),`${needed}, and not here`,
"git pull, or copy it from a clone that has it")),bytes}var WHERE={file:"the working file is damaged",git:"the copy in g\
it is damaged",base:"what it is a difference to is not here"};function hintFor(source,{code:code2},intact){return intact?
source==="file"?"at1 doctor --fix mends it from the intact copy in git":code2.startsWith("git/")?"at1 doctor --fix mends\
 it from the intact working file":"the working file is intact: commit it":"no copy is intact: copy it from another clone\
, or register the file again"}function objectCheckOf({objects,usualObjects="decode"},{gateObjects:least}){return objects??(checksAsMuch(usualObjects,least)?
usualObjects:least)}function refuseTooLittle(objects,{gateObjects:least,version}){if(checksAsMuch(objects,least))return[];
let message=`the gate was told '${objects}' for objects, and policy ${version} of the target asks for '${least}'`,hint=`\
ask for '${least}', or leave it out: --objects, the git setting at1.objects, or the input objects of the action`;return[
finding("error","gate/objects-unchecked","objects",message,hint)]}async function refuseLostObjects(base,there,state){let[
before,after]=[await objectsFolder(base),await objectsFolder(there)],lost=new Set;for await(let change2 of diffTrees(base.
reader,before,after,"objects/"))change2.before!==void 0&&lost.add(change2.path);if(lost.size===0)return[];let findings=[],
copies={...await objectCopies(base),store:void 0};return await eachVersion(state.versions.values(),async row=>{for await(let{
reference}of objectsOf(copies,row)){let path=objectPath(reference.object);if(!lost.has(path))continue;let message=`the c\
hange takes it away or makes another of it, and ${row.kind}/${row.name}@${row.version} needs it`;findings.push(finding("\
error","object/missing",path,message,"leave objects as they are; they are only added"));return}}),findings}async function objectsFolder(registry){
let tree=await registryTreeAt(registry,registry.head),entry2=tree===void 0?void 0:await findEntry(registry.reader,tree,"\
objects");return entry2?.mode==="40000"?entry2.oid:void 0}async function judgeObjects(there,fresh,objects,findings){if(fresh.
length===0)return;if(objects==="skip"){let message=`nobody looked at the objects of ${fresh.length===1?"a new version":`${fresh.
length} new versions`}`;findings.push(finding("warning","gate/objects-skipped","objects",message,"let at1 verify look at\
 them after landing"));return}let copies={...await objectCopies(there),store:void 0},done={objects:new Map,files:new Set,
findings,onBytes:()=>{}};for(let row of fresh)row.signers.length!==0&&(objects==="decode"?await verifyVersionObjects(copies,
row,done):findings.push(...await presentObjects(copies,row)))}var TOLD3=1e3,PLACES=100;function refuseMixed(registry,paths){let own=paths.map(path=>inRegistry(registry,path)).filter(
path=>path!==void 0);if(!own.some(isOfPolicy))return[];let other2=own.find(path=>{let place2=parseRegistryPath(path);return!isOfPolicy(
path)&&path!==ALLOWED_SIGNERS_PATH&&place2.kind!=="other"&&place2.kind!=="config"});return other2===void 0?[]:[finding("\
error","gate/policy-mixed",other2,"the change has a new policy and something that is judged by a policy","make two chang\
es of it: first the policy, then this")]}function refuseTwoVersions(before,after){let seen=new Map,findings=[];for(let row of after.
versions.values()){if(before.versions.has(row.path))continue;let artifact=`${row.kind}/${row.name}`,other2=seen.get(artifact);
if(seen.set(artifact,row.path),other2===void 0)continue;let message=`two versions of ${artifact} would land in one commi\
t: ${other2} is the other`;findings.push(finding("error","gto/two-versions",row.path,message,"let them land one after th\
e other"))}return findings}function refuseBurnt(before,after,told2){let known2=new Set([...before.refusals,...[...before.
events.values()].map(({digest})=>digest)]),there=new Set([...after.events.values()].map(({digest})=>digest));return after.
refusals.filter(digest=>!known2.has(digest)&&!there.has(digest)).map(digest=>finding("error","event/refused",`event ${digest.
slice(0,12)}`,"the change brings this event and takes it away again: nobody could ever bring it after that","leave out b\
oth commits: git rebase, or land the change as one commit")).filter(({subject})=>!told2.some(one=>one.subject===subject))}
function newLineageFindings(before,after){let textOf3=({severity,code:code2,subject,message})=>[severity,code2,subject,message].
join(" "),known2=new Set(checkLineage2(before).map(textOf3));return checkLineage2(after).filter(found=>!known2.has(textOf3(
found)))}async function refuseSecrets(registry,policy,changes){let findings=new Map,looked=new Map;for(let{foreign}of changes)
for(let{path,entry:entry2}of foreign){let subject=inRegistry(registry,path)??path,known2=looked.get(entry2.oid)??{found:await checkSecret(
registry.reader,subject,entry2.oid,policy),places:0};looked.set(entry2.oid,known2);let{found}=known2;found===void 0||known2.
places===PLACES||findings.has(`${subject} ${found.message}`)||stateOf3(entry2)!==await fileAt(registry,registry.head,path)&&
(known2.places++,findings.set(`${subject} ${found.message}`,{...found,subject}))}return[...findings.values()]}async function refuseUnconfigured(registry,policy,changes,head,changed){
let findings=new Map,made=new Map;for(let change2 of changes){if(change2.steering.length===0)continue;let{oid}=change2,commit=await readCommit(
registry.reader,oid),signer=await signerOf(commit,policy,registry.engines),who=new Set(signer===void 0?[]:[signer]);if(decide(
policy.policy,"configure",void 0,who).kind==="allowed"){for await(let{path,...step}of steeringChanges(registry,commit,change2))
made.set(path,[...made.get(path)??[],step]);continue}let by=signer===void 0?"nobody of the policy signed it":`${signer} \
may not configure`,what=`commit ${oid.slice(0,12)} changes what steers the registry, and ${by}`;for await(let{path}of steeringChanges(
registry,commit,change2)){if(findings.size===TOLD3)return[...findings.values()];findings.set(path,unconfigured(path,what))}}
for(let path of changed){if(findings.size===TOLD3)break;if(steersBy(path,registry.prefix)===void 0||findings.has(path)||
vouchedStates(await steeringAt(registry,registry.head,path),made.get(path)??[]).has(await steeringAt(registry,head,path)))
continue;findings.set(path,unconfigured(path,"the change brings another state of what steers the registry, and nobody wh\
o may configure put it there"))}return[...findings.values()]}function vouchedStates(target,steps){let states=new Set([target]);
for(let state of states)for(let{before,after}of steps)before.includes(state)&&states.add(after);return states}function unconfigured(path,message){
return finding("error","policy/denied",path,message,"somebody whom the policy lets configure has to commit it, signed")}
async function*steeringChanges(registry,{parents},{steering}){for(let{path,before:first,after:entry2}of steering){let after=asSteering(
registry,path,stateOf3(entry2)),before=[asSteering(registry,path,stateOf3(first))];for(let parent of parents.slice(1))before.
push(await steeringAt(registry,parent,path));before.includes(after)||(yield{path,before,after})}}async function steeringAt(registry,commit,path){
return asSteering(registry,path,await fileAt(registry,commit,path))}function asSteering({prefix},path,state){return steersBy(
path,prefix)==="content"?state:state.slice(0,state.indexOf(" "))}async function fileAt({reader},commit,path){return stateOf3(
await findEntry(reader,(await readCommit(reader,commit)).tree,path))}function stateOf3(entry2){return entry2===void 0?"":
`${entry2.mode} ${entry2.oid}`}init_errors();async function lineOfFinding(reader,tree,{code:code2,subject},engines){if(!(tree===void 0||!(code2.startsWith("document/")||
code2.startsWith("manifest/"))))try{let entry2=await findEntry(reader,tree,subject);if(entry2?.mode!=="100644")return;read3(
subject,await readSmallBlob(reader,entry2.oid,MANIFEST_LIMIT),engines);return}catch(error){if(!(error instanceof At1Error))
throw error;return typeof error.facts.line=="number"?error.facts.line:void 0}}function read3(path,bytes,engines){switch(parseRegistryPath(
path).kind){case"manifest":readManifest(bytes,engines);return;case"event":readEvent(bytes);return;case"evidence":readEvidence(
bytes);return;case"policy":readPolicy(bytes);return;case"config":readConfig(bytes);return;default:return}}async function refuseTurnedAround(registry,after,subject){let{reader,repository,head}=registry,{shallow}=repository,{end:end2}=await readMainline(
reader,after,{shallow,until:head});if(end2==="until"||!await isAncestor(reader,head,after,shallow))return;let message=`t\
he push merges commit ${head.slice(0,12)}, which is the branch now, into another history`;return finding("error","gate/o\
utdated",subject,message,"put your commits after it: git pull --rebase, then push")}async function gate(base,request){let{reader,refs,repository}=base,head=await resolveMoment(request.head,refs.head().oid??
base.head,reader,refs,repository),loaded3=await loadState(base,{isTarget:!0});refuseUnreadablePolicy(loaded3.state);let findings=[],
trust=await judgeTrust(base,loaded3.state,findings),objects=objectCheckOf(request,loaded3.policy.policy);findings.push(...refuseTooLittle(
objects,loaded3.policy.policy));let result=async(after,review)=>({ok:!hasErrors(findings),registry:loaded3.state.registry,
base:base.head,head,trust,root:`sha256:${loaded3.state.root.policy}`,policy:{version:after.policy.policy.version,digest:formatDigest(
after.policy.digest)},objects,review,findings:await placed(base,head,findings)});if(!await isAncestor(reader,base.head,head,
repository.shallow)){findings.push(outdated(base,head));let nothing2={...loaded3,commits:0,signatures:0};return result(nothing2,
await reviewOf(base,loaded3,nothing2,head))}let turned=request.isPush===!0?await refuseTurnedAround(base,head,`commit ${head.
slice(0,12)}`):void 0;turned!==void 0&&findings.push(turned);let commits=await commitsBetween(base,head),changed=await changedPaths(
base,base.head,head),changes=await changesOfEach(base,commits),landings=await landingsOf(base,loaded3,head,commits),[squashed]=landings;
for(let row of newRows(loaded3.state,squashed.folded.state))refuseUnreadable(loaded3.state,row);let own=new Set(changed.
map(path=>inRegistry(base,path)));for(let landing of landings)addNew(findings,loaded3.state,landing,own);findings.push(...refuseMixed(
base,changed)),findings.push(...refuseTwoVersions(loaded3.state,squashed.folded.state));for(let found of newLineageFindings(
loaded3.state,squashed.folded.state))findings.push(found);findings.push(...await refuseUnconfigured(base,loaded3.policy,
changes,head,changed)),findings.push(...await refuseSecrets(base,squashed.folded.policy,changes)),findings.push(...await judgeCommits(
base,squashed.folded.policy,commits));for(let{folded}of landings)findings.push(...refuseBurnt(loaded3.state,folded.state,
findings));return request.allowPending!==!0&&findings.push(...refusePending(loaded3.state,landings)),await judgeTree(base,
head,loaded3.state,squashed.folded,objects,findings),result(squashed.folded,await reviewOf(base,loaded3,squashed.folded,
head))}async function landingsOf(base,loaded3,head,commits){let{reader}=base,{tree,committer}=await readCommit(reader,head),
seconds=Math.min(committer.seconds,Math.floor(base.environment.now().getTime()/1e3)),author={...committer,seconds,name:"\
at1",email:"at1@at1.invalid"},squash=await simulateLanding(base,loaded3,{tree,parents:[base.head]},author),merge=await simulateLanding(
base,loaded3,{tree,parents:[base.head,head]},author),landings=[{how:"squash",folded:squash,imagined:squash.commit},{how:"\
merge",folded:merge,imagined:merge.commit}],singly=[];for(let oid of commits)(await readCommit(reader,oid)).parents.length===
1&&singly.unshift(oid);return commits.length>1&&landings.push({how:"rebase",folded:await simulateRebase(base,loaded3,singly),
imagined:void 0}),landings}function rowsOf2({versions,events,evidence}){return[...versions.values(),...events.values(),...evidence.
values()]}function newRows(before,{versions,events}){let fresh=({path})=>!before.versions.has(path)&&!before.events.has(
path);return[...versions.values(),...events.values()].filter(fresh)}function allFindings(state){return[...state.findings,
...rowsOf2(state).flatMap(({problems})=>problems)]}function addNew(findings,before,{how,folded,imagined},changed){let keyOf2=({
code:code2,severity,subject,message})=>[code2,severity,subject,message].join("\0"),known2=new Set([...allFindings(before),
...findings].map(keyOf2)),aboutOf=({code:code2,severity,subject})=>[code2,severity,subject].join("\0"),told2=new Set(findings.
map(aboutOf));for(let one of allFindings(folded.state)){let found=asOfChange(one,changed);if(found.severity==="note"||known2.
has(keyOf2(one))||told2.has(aboutOf(found)))continue;let said=found.message.replaceAll(`commit ${imagined?.slice(0,12)}`,
"the change"),message=how==="squash"?said:`${said} (if it lands by ${how==="merge"?"a merge commit":"a rebase"})`;findings.
push({...found,message})}}function asOfChange(found,changed){let{code:code2,severity}=found;if(code2==="history/rewound"||
code2==="history/registry-changed"&&severity==="warning")return{...found,severity:"error",hint:"land it as commits upon \
the target: git rebase, without the merge"};if(!LATE_SIGNATURES.has(found.code))return found;let isNew=changed.has(found.
subject);return isNew&&found.severity==="warning"?{...found,severity:"error",hint:"leave it out of the change"}:!isNew&&
found.code==="signature/revoked-key"?{...found,severity:"warning"}:found}function refusePending(before,landings){let findings=new Map,
add4=(path,why)=>{findings.has(path)||findings.set(path,pending(path,why))};for(let{folded}of landings){for(let row of waitingEvents(
folded.state))before.events.has(row.path)||row.problems.some(({severity})=>severity==="error")||add4(row.path,row.problems.
map(({message})=>message).join("; "));for(let row of folded.state.versions.values()){if(row.effective!==null||before.versions.
has(row.path))continue;let why=row.problems.find(({code:code2})=>code2==="artifact/pending")?.message;why!==void 0&&add4(
row.path,why)}}return[...findings.values()]}function pending(path,why){return finding("error","gate/pending",path,`it wo\
uld wait: ${why}`,"whoever is missing signs with at1 approve")}async function judgeTree(base,head,before,{state,policy},objects,findings){
let there={...base,head},tree=await registryTreeAt(there,head);if(tree===void 0)return;let signers=await checkAllowedSigners(
base.reader,tree,policy);signers!==void 0&&findings.push(signers);let fresh=[...state.versions.values()].filter(({path,blob,
effective})=>{let known2=before.versions.get(path);return known2?.blob!==blob||known2.effective===null&&effective!==null});
await judgeObjects(there,fresh,objects,findings),findings.push(...await refuseLostObjects(base,there,state))}function outdated({
head:base,repository},head){let shallow=repository.shallow.size>0;return finding("error","gate/outdated",`commit ${head.
slice(0,12)}`,`the change does not stand on commit ${base.slice(0,12)}, the target as it is now`,shallow?"this clone is \
shallow: fetch all of it (fetch-depth: 0)":"merge or rebase it onto the target first")}async function placed(base,head,findings){
let{reader,engines,prefix}=base,root=(await readCommit(reader,head)).tree,tree=await registryTreeAt(base,head),found=[];
for(let one of findings){let inside=prefix===""?one.subject:`${prefix}/${one.subject}`,file=await isFile2(reader,root,inside)?
inside:await isFile2(reader,root,one.subject)?one.subject:null,line=await lineOfFinding(reader,tree,one,engines)??null;found.
push({...one,file,line:file===null?null:line??1})}return found}async function isFile2(reader,root,path){return!path.includes(
" ")&&await findEntry(reader,root,path)!==void 0}async function judgeCommits(base,policy,commits){let findings=[];for(let oid of commits){
let found=await checkCommit(oid,await readCommit(base.reader,oid),policy,base.engines);found?.severity==="error"&&findings.
push(found)}return findings}async function status(registry){let{state,policy}=await loadState(registry),rows=[...state.versions.values()],name=row=>`${row.
kind}/${row.name}@${row.version}`,isWrong=({problems})=>problems.some(({severity})=>severity==="error"),wrong5=rows.filter(
isWrong),wrongEvents=[...state.events.values(),...state.evidence.values()].filter(isWrong),waiting2=waitingEvents(state).
filter(event=>!isWrong(event)),pending2=rows.filter(row=>row.effective===null&&!wrong5.includes(row)),tree=await registryTreeAt(
registry,registry.head),findings=tree===void 0?[]:await verifyWorktree(registry,tree),tags=new Set(registry.refs.list("r\
efs/tags/").map(ref=>ref.name.slice(10))),missingTags=[...expectedTags(state,registry.prefix).keys()].filter(tag=>!tags.
has(tag)).length,here=checkedOut(registry),onBranch=here===registry.config.branch;return{registry:state.registry,branch:registry.
config.branch,checkedOut:here,head:registry.head,versions:rows.length,remote:await remoteState(registry),pending:pending2.
map(name),pendingVersions:pending2.map(row=>{let{have,needs,missing:missing2}=signatureCount(policy,row);return{ref:name(
row),path:row.path,have,needs,missing:missing2}}),pendingEvents:waiting2.map(({path})=>path),wrong:[...wrong5.map(name),
...wrongEvents.map(({path})=>path)],missingTags,findings:onBranch||registry.past?findings:[...findings,offBranch(registry)]}}
function offBranch(registry){let here=registry.refs.head().ref??"a detached HEAD";return finding("note","git/ref-invalid",
here,`this is not the registry branch ${registry.config.branch}`,"what is registered here lands when it is merged")}async function remoteState(registry){
let{reader,repository}=registry,upstream=landedUpstream(registry);return upstream===void 0?{ref:null,state:"none"}:upstream.
oid===void 0?{ref:upstream.ref,state:"never-pushed"}:upstream.oid===registry.head?{ref:upstream.ref,state:"equal"}:await isAncestor(
reader,upstream.oid,registry.head,repository.shallow)?{ref:upstream.ref,state:"ahead"}:await isAncestor(reader,registry.
head,upstream.oid,repository.shallow)?{ref:upstream.ref,state:"behind"}:{ref:upstream.ref,state:"diverged"}}init_text();init_errors();var AT_ONCE2=64;async function checkTags(source,branches,refs,known2=new Map,unlanded2){let expected=new Map;for(let branch of[
...branches].reverse())for(let tag of expectedTags(branch.state,source.prefix).values())expected.set(tag.name,{...branch,
tag});let ours=refs.filter(({name})=>isOurs(name,source.prefix)),former=new Set(branches.flatMap(({state})=>state.formerTags)),
present=new Set(ours.map(({name})=>name)),findings=[];for(let at2=0;at2<ours.length;at2+=AT_ONCE2){let group=ours.slice(
at2,at2+AT_ONCE2),found=await Promise.all(group.map(ref=>checkOne(source,ref,expected.get(ref.name),former,known2)));findings.
push(...found.filter(one=>one!==void 0))}for(let[name,{state,tag}]of expected)present.has(name)||state!==branches[0]?.state||
findings.push(finding("note","tag/missing",`tag ${name}`,`this ${whatOf(tag)} has no tag yet`,unlanded2?.has(dueAt(tag))===
!0?unlanded2.hint:"at1 tag makes the missing tags"));return{checked:ours.length,findings}}function dueAt({event,row}){return(event??
row).effective}function whatOf({event}){return event===void 0?"version":"event"}function isOurs(name,prefix){return parseVersionTag(
name,prefix)!==void 0||isGtoTag(name,prefix)}async function checkOne(source,ref,accounted,former,known2){let subject=`ta\
g ${ref.name}`,tag;try{let object=await source.reader.read(ref.oid);if(object.type!=="tag")return finding("error","tag/u\
nsigned",subject,`a lightweight tag on a ${object.type}, not a signed tag`);tag=parseTag(object.bytes)}catch(error){if(error instanceof
At1Error)return findingOf(error,subject);throw error}if(tag.name!==ref.name)return finding("error","tag/name-mismatch",subject,
`the tag object says it is '${tag.name}'`,"somebody hung it under another name");if(accounted===void 0&&former.has(ref.name))
return finding("warning","tag/unexpected",subject,"it was due before a key was revoked, and says nothing that counts any\
 more");if(accounted===void 0)return finding("error","tag/unexpected",subject,"nothing in the history accounts for this \
tag","delete it where it came from");let{tag:expected,state}=accounted,signer=await checkSigner(source,accounted,tag,subject,
known2.get(ref.oid));if(signer!==void 0)return signer;if(tag.message.trimEnd()!==expected.message.trimEnd())return finding(
"error","tag/message-mismatch",subject,`the tag does not carry the digests of this ${whatOf(expected)}`);if(tag.type!=="\
commit")return finding("error","tag/moved",subject,`it points at a ${tag.type}, not a commit`);if(!(!state.root.complete&&
expected.target===state.root.commit)&&tag.object!==expected.target&&!await introduces(source,state.head,tag.object,expected.
row))return finding("error","tag/moved",subject,`it points at ${tag.object}, the version landed in ${expected.target}`)}
async function checkSigner({reader,engines},{state,tag:{row}},tag,subject,known2){if(tag.signature?.kind!=="ssh")return finding(
"error","tag/unsigned",subject,"the tag carries no Ed25519 signature");let key;if(known2!==void 0&&known2.payload===digestOf(
engines.sha256(tag.payload)))key=known2.key;else{let check=await verifyMessageAside(tag.signature.armor,"git",tag.payload,
engines);if(check.kind==="bad")return finding("error","tag/bad-signature",subject,check.message);key=toHex(check.publicKey)}
let newest;for(let{blob}of state.policies.toReversed()){let refused=refusedBy2(await loadPolicyBlob(reader,blob,engines),
key,row,subject);if(refused===void 0)return;newest??=refused}return newest}function refusedBy2(policy,key,row,subject){let owner=policy.
owners.get(key);if(owner===void 0)return finding("error","tag/unknown-signer",subject,"signed by a key that the policy d\
oes not list");if(decide(policy.policy,"tag",row,new Set([owner])).kind!=="allowed")return finding("error","policy/denie\
d",subject,`${owner} signed it, but the policy gives them no tag role`)}async function introduces(source,head,target,row){
let{reader,shallow}=source;try{let commit=await readCommit(reader,target);if(!await holds2(source,commit.tree,row))return!1;
if(!shallow.has(target)){for(let parent of commit.parents)if(await holds2(source,(await readCommit(reader,parent)).tree,
row))return!1}return await isAncestor(reader,target,head,shallow)}catch(error){if(error instanceof At1Error)return!1;throw error}}
async function holds2(source,root,row){let tree=await registryTree(source.reader,root,source.prefix);return tree===void 0?
!1:(await findEntry(source.reader,tree,row.path))?.oid===row.blob}init_errors();import{Worker as Worker3}from"node:worker_threads";var WARM_UP2=512,BATCH=128,LIMITS2={maxOldGenerationSizeMb:1024,maxYoungGenerationSizeMb:8},
NOTHING4={signatures:new Map,objects:void 0,worktree:!1,secrets:!0},VerifyBeside=class{#registry;#options;#given=new Map;#commits=[];#rows=[];#left;#worker;#done=()=>{};#vouched=new Promise(
resolve9=>{this.#done=resolve9});constructor(registry,options){this.#registry=registry,this.#options=options,this.#left=
options.warmUp??WARM_UP2,registry.repository.partial&&(this.#worker="none")}step(commit,rows){if(this.#worker!=="none"){
this.#commits.push(commit);for(let row of rows)this.#give(row);this.#left--,!(this.#left>0)&&(this.#worker??=this.#start(),
this.#commits.length>=BATCH&&this.#send())}}async finish(rows){let worker=this.#worker;if(worker===void 0||worker==="non\
e")return NOTHING4;if(this.#options.objects){let asked3=new Map(rows.map(row=>[row.path,row.blob]));if([...this.#given].
some(([path,blob])=>asked3.get(path)!==blob))return NOTHING4;for(let row of rows)this.#given.has(row.path)||this.#give(row)}
return this.#send(),post(worker,{kind:"end"}),worker.ref(),this.#vouched}close(){let worker=this.#worker;this.#worker="n\
one",worker!==void 0&&worker!=="none"&&worker.terminate()}#give({kind,name,version,path,blob,manifest}){this.#options.objects&&
(this.#given.set(path,blob),this.#rows.push({kind,name,version,path,blob,manifest}))}#send(){let worker=this.#worker;worker!==
void 0&&worker!=="none"&&post(worker,{kind:"steps",commits:this.#commits,rows:this.#rows}),this.#commits=[],this.#rows=[]}#start(){
try{let worker=(this.#options.start??startBeside)(openingOf(this.#registry,this.#options.tags));worker.unref(),worker.on(
"message",message=>{message.kind==="progress"?this.#options.onProgress(message.bytes):this.#done({...message,objects:this.#options.
objects?message.objects:void 0})});for(let event of["error","messageerror","exit"])worker.on(event,()=>this.#done(NOTHING4));
return worker}catch{return"none"}}};function post(worker,message){worker.postMessage(message)}function openingOf(registry,tags){
let{root,prefix,head,past,repository,environment}=registry,{home,xdgConfigHome,configDir,stateDir,quarantine}=environment;
return{dir:root,prefix,head,past,bare:repository.workTree===void 0,tags,environment:{home,xdgConfigHome,configDir,stateDir,
quarantine}}}function startBeside(opening){return new Worker3(new URL("./verify.worker.js",import.meta.url),{execArgv:[],
workerData:opening,resourceLimits:LIMITS2})}var SIGNATURES_AHEAD=64;async function verify2(registry,request={},options={}){let told2=0,onProgress=bytes=>{bytes>told2&&
request.onProgress?.(bytes),told2=Math.max(told2,bytes)},tags=(registry.past?[]:registry.refs.list("refs/tags/")).map(({
name,oid})=>({name:name.slice(10),oid})),beside=new VerifyBeside(registry,{...options,tags:tags.filter(({name})=>isOurs(
name,registry.prefix)).map(({oid})=>oid),objects:request.ref===void 0,onProgress});try{return await verifyWith(registry,
request.ref,tags,beside,onProgress)}finally{beside.close()}}async function verifyWith(registry,ref,tagRefs,beside,onProgress){
let source=historySource(registry),touched=[],folded=await foldHistory(source,registry.head,{onTouched:oid=>touched.push(
oid),onStep:(oid,versions)=>beside.step(oid,versions)}),{state}=folded,rows=ref===void 0?[...state.versions.values()]:[resolveVersion(
state,ref).row],signed2=rows.filter(({effective,signers})=>effective!==null||signers.length>0),vouched=await beside.finish(
signed2),findings=[...state.findings],trust=await judgeTrust(registry,state,findings);state.root.complete||findings.push(
finding("note","history/shallow",`commit ${state.root.commit}`,"a shallow clone hides what came before this commit","git\
 fetch --unshallow")),findings.push(...await verifyCommits(registry,touched,folded,vouched));let tags=await checkTags(source,
[folded,...registry.past?[]:await otherBranches(registry,findings)],tagRefs,vouched.signatures,registry.past?void 0:await unlanded(
registry));registry.past||findings.push(...checkPackedRefs(registry),...tags.findings);for(let row of rows)findings.push(
...row.problems);let asked3=new Set(rows.map(({path})=>path));for(let found of checkLineage2(state))asked3.has(found.subject)&&
findings.push(found);let{events,evidence}=aboutRows(state,ref===void 0?void 0:rows);for(let row of[...events,...evidence])
findings.push(...row.problems);let objects=await verifyTree(registry,folded,signed2,vouched,findings,onProgress);return{
ok:!hasErrors(findings),trust,registry:state.registry,root:`sha256:${state.root.policy}`,head:state.head,checked:{objects,
manifests:rows.length,events:events.length,evidence:evidence.length,signatures:folded.signatures,commits:touched.length,
tags:tags.checked},findings}}async function verifyCommits({reader,engines},commits,{policy},{signatures}){let findings=[],
checked=readAhead(commits,async oid=>{let good=signatures.get(oid);return good!==void 0?judgeSigner(oid,good.key,policy):
checkCommit(oid,await readCommit(reader,oid),policy,engines)},SIGNATURES_AHEAD);for await(let found of checked)found!==void 0&&
findings.push(found);return findings}function aboutRows({events,evidence},rows){let isAsked2=event=>rows?.some(({kind,name,
version})=>event.kind===kind&&event.name===name&&event.version===version)??!0;return{events:[...events.values()].filter(
isAsked2),evidence:[...evidence.values()].filter(({content})=>rows?.some(row=>row.content===content)??!0)}}async function otherBranches(registry,findings){
let{refs,config,head,reader,repository}=registry,remotes=repository.config.subsections("remote").map(remote=>trackingBranch(
remote,config.branch)),upstream=refs.upstreamOf(config.branch)?.ref,tips=new Map;for(let name of[...remotes,upstream,`re\
fs/heads/${config.branch}`]){let oid=name===void 0?void 0:refs.resolve(name);name!==void 0&&oid!==void 0&&tips.set(oid,name)}
let folded=[];for(let[oid,name]of tips)try{if(await isAncestor(reader,oid,head,repository.shallow))continue;folded.push(
await foldHistory(historySource(registry),oid))}catch(error){if(!(error instanceof At1Error))throw error;findings.push(findingOf(
error,name,"warning"))}return folded}async function verifyTree(registry,folded,rows,vouched,findings,onProgress){let tree=await registryTreeAt(
registry,registry.head);if(tree===void 0)return 0;let found=await checkAllowedSigners(registry.reader,tree,folded.policy);
found!==void 0&&findings.push(found),vouched.secrets&&findings.push(...await checkSecrets(registry.reader,tree,folded.policy));
let objects=vouched.objects??await verifyObjects(registry,rows,findings,onProgress);if(vouched.worktree)return objects;try{
findings.push(...await verifyWorktree(registry,tree))}catch(error){if(!(error instanceof At1Error))throw error;findings.
push(findingOf(error,registry.root))}return objects}async function verifyObjects(registry,rows,findings,onProgress){let copies=await objectCopies(
registry),bytes=0,done={objects:new Map,files:new Set,findings,onBytes:count2=>{bytes+=count2,onProgress(bytes)}};for(let row of rows)
await verifyVersionObjects(copies,row,done);return done.objects.size}var REDIRECTS=new Set(["GIT_DIR","GIT_WORK_TREE","GIT_INDEX_FILE","GIT_OBJECT_DIRECTORY","GIT_ALTERNATE_OBJECT_DIRECTORI\
ES","GIT_COMMON_DIR","GIT_NAMESPACE","GIT_PREFIX"]);function processIo(signal){let{env,stdout,stderr,stdin}=process;return{
env,cwd:currentFolder(),stdout,stderr,stdin,...signal===void 0?{}:{signal}}}function currentFolder(){try{return process.
cwd()}catch{return}}function refuseLostFolder(io){if(io.cwd===void 0)throw new At1Error("io/failed",{message:"the curren\
t folder is not there any more",hint:"it was deleted or moved away: go to one that is there, then run it again"})}function createEnvironment(io){
let{env,cwd=sep3}=io,platform=io.platform??process.platform,path=platform==="win32"?win32:posix,read4=name=>env[name]||void 0,
home=read4(platform==="win32"?"USERPROFILE":"HOME")??homedir2(),folder=(own,xdg,fallback)=>{let chosen=read4(own);if(chosen!==
void 0)return resolve7(cwd,chosen);let base=read4(xdg);return base!==void 0&&path.isAbsolute(base)?path.join(base,"at1"):
platform==="win32"?path.join(read4("APPDATA")??path.join(home,"AppData","Roaming"),"at1"):path.join(home,...fallback,"at\
1")},registry=read4("AT1_REGISTRY");return{cwd,home,platform,registryDir:registry===void 0?void 0:resolve7(cwd,registry),
configDir:folder("AT1_CONFIG_DIR","XDG_CONFIG_HOME",[".config"]),stateDir:folder("AT1_STATE_DIR","XDG_STATE_HOME",[".loc\
al","state"]),signingKey:read4("AT1_SIGNING_KEY"),agentSocket:read4("SSH_AUTH_SOCK"),get root(){if(env.AT1_ROOT!=="")return env.
AT1_ROOT;throw new At1Error("usage/invalid",{message:"AT1_ROOT is empty",hint:"set it to the root digest that `at1 polic\
y show` prints, or unset it"})},lazyFetch:read4("AT1_LAZY_FETCH")==="1",passphrase:read4("AT1_PASSPHRASE"),quarantine:{objectDirectory:read4(
"GIT_OBJECT_DIRECTORY"),alternateObjectDirectories:read4("GIT_ALTERNATE_OBJECT_DIRECTORIES")},indexFile:read4("GIT_INDEX\
_FILE"),python:read4("AT1_PYTHON")??(platform==="win32"?"python":"python3"),temporaryDir:resolve7(cwd,read4("TMPDIR")??tmpdir()),
xdgConfigHome:read4("XDG_CONFIG_HOME"),authorName:read4("GIT_AUTHOR_NAME"),authorEmail:read4("GIT_AUTHOR_EMAIL"),variables:gitVariables(
env),debug:read4("AT1_DEBUG")==="1",colour:wantsColour(env,io.stdout),interactive:io.stdin.isTTY===!0&&io.stderr.isTTY===
!0,columns:io.stdout.columns??80,stdout:io.stdout,stderr:io.stderr,stdin:io.stdin,signal:io.signal??new AbortController().
signal,now:io.now??(()=>new Date),resolve:given=>resolve7(cwd,given)}}function gitVariables(env){let kept={};for(let[name,
value]of Object.entries(env))value!==void 0&&!REDIRECTS.has(name)&&(kept[name]=value);return{...kept,LC_ALL:"C"}}function wantsColour(env,stream){
return env.NO_COLOR?!1:env.FORCE_COLOR?env.FORCE_COLOR!=="0":stream.isTTY===!0&&env.TERM!=="dumb"}import{resolve as resolve8}from"node:path";var EXIT={ok:0,unexpected:1,usage:2,interrupted:130,brokenPipe:141},EXIT_CODES={"usage/invalid":2,"usage/reference":2,"u\
sage/name":2,"usage/version":2,"usage/path":2,"usage/query":2,"registry/not-found":10,"registry/exists":13,"registry/for\
eign-folder":13,"registry/locked":11,"registry/format-unsupported":16,"registry/empty-history":10,"artifact/not-found":12,
"artifact/ambiguous":12,"artifact/exists":13,"artifact/landed":13,"artifact/pending":12,"artifact/revoked":21,"artifact/\
tombstoned":12,"artifact/no-files":2,"artifact/unsupported-file":2,"artifact/changed-while-read":15,"tensor/not-found":12,
"output/exists":13,"output/damaged":20,"key/none":14,"key/not-found":14,"key/exists":14,"key/invalid":14,"key/unsupporte\
d":14,"key/passphrase":14,"key/permissions":14,"key/weak":14,"key/exposed":21,"key/agent":14,"io/read-only":15,"io/full":15,
"io/failed":15,"io/unsafe-path":15,"capability/missing":16,"ledger/malformed":23,"ledger/broken":24,"ledger/mismatch":20,
"ledger/unlisted":20,"git/not-a-repository":10,"git/unsupported":16,"git/busy":11,"git/ref-conflict":11,"git/branch-exis\
ts":13,"git/invalid-object":20,"git/object-missing":32,"git/object-too-large":16,"git/shallow":16,"git/ref-invalid":20,"\
git/index-unsupported":16,"git/command-failed":31,"container/malformed":20,"container/unsupported":16,"container/trailer\
-missing":20,"container/digest-mismatch":20,"container/limit":20,"container/not-strict":20,"transform/malformed":20,"obj\
ect/missing":32,"object/digest-mismatch":20,"object/damaged-copy":20,"object/content-mismatch":20,"file/digest-mismatch":20,
"file/malformed":23,"worktree/differs":20,"worktree/damaged-copy":20,"document/too-large":23,"document/not-utf8":23,"doc\
ument/syntax":23,"document/schema":23,"document/not-canonical":23,"manifest/wrong-place":23,"manifest/other-registry":23,
"manifest/content-mismatch":20,"manifest/name-twin":23,"event/refused":22,"event/conditions":22,"event/chain":24,"event/\
other-version":23,"event/outdated":30,"evidence/dated-ahead":22,"lineage/unknown":23,"lineage/other-content":23,"lineage\
/cycle":23,"lineage/revoked":22,"gate/outdated":30,"gate/pending":22,"gate/policy-mixed":22,"gate/objects-skipped":22,"g\
ate/objects-unchecked":22,"gto/two-versions":22,"policy/invalid":23,"policy/unused":23,"policy/test-failed":22,"signatur\
e/missing":21,"signature/malformed":21,"signature/invalid":21,"signature/namespace":21,"signature/unknown-key":21,"signa\
ture/revoked-key":21,"signature/wrong-place":21,"policy/unsigned":21,"policy/denied":22,"policy/allowed-signers":21,"pol\
icy/principal-exists":13,"policy/exists":13,"commit/unsigned":21,"commit/host-signed":21,"commit/bad-signature":21,"comm\
it/unknown-signer":21,"commit/implausible-time":21,"tag/bad-signature":21,"tag/unsigned":21,"tag/unknown-signer":21,"tag\
/name-mismatch":21,"tag/moved":24,"tag/unexpected":24,"tag/message-mismatch":24,"tag/missing":24,"tag/not-gto":24,"histo\
ry/policy-rollback":24,"history/policy-chain":24,"history/policy-removed":24,"history/policy-forked":24,"history/revocat\
ion-dropped":24,"history/manifest-changed":24,"history/manifest-removed":24,"history/event-changed":24,"history/event-re\
moved":24,"history/evidence-changed":24,"history/evidence-removed":24,"history/signature-changed":24,"history/registry-c\
hanged":24,"history/rewound":24,"history/shallow":24,"trust/first-use":21,"trust/root-changed":21,"trust/state-unwritabl\
e":21,"catalog/stale":20,"remote/none":31,"remote/outdated":30,"remote/failed":31,"remote/too-large":31,"internal/unexpe\
cted":1};function exitOf(code2){return EXIT_CODES[code2]}var ORDER2=[20,24,21,22,23,32];function exitOfFindings(findings){let found=new Set;
for(let{code:code2,severity}of findings)severity==="error"&&found.add(exitOf(code2));return ORDER2.find(number=>found.has(
number))??(found.size===0?EXIT.ok:Math.min(...found))}function findingLines(findings,paint){let of=severity=>findings.filter(found=>found.severity===severity);return[...of("e\
rror").flatMap(found=>lines(found,paint.red("error"),paint)),...of("warning").flatMap(found=>lines(found,paint.yellow("w\
arning"),paint)),...noteLines(of("note"),paint)]}function noteLines(notes,paint){let byCode=new Map;for(let note of notes){
let same=byCode.get(note.code);same===void 0?byCode.set(note.code,[note]):same.push(note)}return[...byCode].flatMap(([code2,
same])=>{let more=same.length-3;return[...same.slice(0,3).flatMap(found=>lines(found,paint.dim("note"),paint)),...more>0?
[`${paint.dim("note")}: and ${more} more ${paint.dim(`[${code2}]`)}`]:[]]})}function lines({code:code2,subject,message,hint},word,paint){
return[`${word}: ${subject}: ${message} ${paint.dim(`[${code2}]`)}`,...hint===null?[]:[`  ${paint.cyan("hint:")} ${hint}`]]}var MOST2=10,KINDS2={error:"error",warning:"warning",note:"notice"};function annotationLines(findings){let lines3=[];for(let severity of[
"error","warning","note"]){let own=findings.filter(found=>found.severity===severity);for(let[i2,found]of own.slice(0,MOST2).
entries()){let more=i2===MOST2-1&&own.length>MOST2?` (and ${own.length-MOST2} more)`:"";lines3.push(annotation(found,more))}}
return lines3}function annotation({severity,code:code2,subject,message,hint,file,line},more){let place2=file===null?"":`\
 file=${property(file)},line=${line??1},title=${property(code2)}`,title=file===null?` title=${property(code2)}`:"",text=`${subject}\
: ${message}${hint===null?"":` (${hint})`}${more}`;return`::${KINDS2[severity]}${place2}${title}::${data(text)}`}function data(text){
return text.replaceAll("%","%25").replaceAll("\r","%0D").replaceAll(`
`,"%0A")}function property(text){return data(text).replaceAll(":","%3A").replaceAll(",","%2C")}function lineageLine({relation,ref,uri,content,parameters}){let more=Object.entries(parameters).map(([name,value])=>`${name}\
 = ${value}`),known2=ref===null?[content??"no digest",...more]:more;return[relation,`${ref??uri??""}${known2.length===0?
"":` (${known2.join(", ")})`}`]}function reviewedLineage(lineage){let lines3=lineage.slice(0,20).map(({parameters,...link3})=>{
let some=Object.entries(parameters).slice(0,8),line=lineageLine({...link3,parameters:Object.fromEntries(some)}).join(" ");
return line.length>200?`${line.slice(0,200)}…`:line}),more=lineage.length-lines3.length;return more>0?[...lines3,`and ${more}\
 more`]:lines3}import{randomUUID}from"node:crypto";import{inspect as inspect2}from"node:util";var UNSAFE=/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u{FDD0}-\u{FDEF}\u{FFF9}-\u{FFFB}]/gu,
JOINERS=new Set(["‌","‍"]),NAMED={"\n":"\\n","\r":"\\r","	":"\\t"},RUNNER_COMMAND="##[";function safeText(text){return text.
replaceAll(RUNNER_COMMAND,"##\\x5b").replace(UNSAFE,found=>{if(JOINERS.has(found))return found;let code2=found.codePointAt(
0)??0;return NAMED[found]??(code2<256?`\\x${code2.toString(16).padStart(2,"0")}`:`\\u{${code2.toString(16)}}`)})}var MARK=/\u{FDD0}[^\u{FDD1}]*\u{FDD1}/gu;function createPaint(colour){if(!colour){let plain=text=>text;return{bold:plain,
dim:plain,red:plain,green:plain,yellow:plain,cyan:plain,render:safeText}}let secret=randomUUID(),mark=code2=>`﷐${secret}\
:${code2}﷑`,own=new RegExp(`﷐${secret}:(\\d+)﷑`,"u"),style=name=>text=>{let[open3,close]=inspect2.colors[name]??[0,
0];return`${mark(open3)}${text}${mark(close)}`};return{bold:style("bold"),dim:style("dim"),red:style("red"),green:style(
"green"),yellow:style("yellow"),cyan:style("cyan"),render:line=>line.split(own).map((part,index)=>index%2===0?safeText(part):
`\x1B[${part}m`).join("")}}var ZERO_WIDTH=new RegExp("^(?:\\p{Mn}|\\p{Me}|\\u200C|\\u200D)$","u"),WIDE=/^[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1F64F}\u{1F680}-\u{1F6FF}\u{1F900}-\u{1FAFF}\u{20000}-\u{3FFFD}]$/u;
function displayWidth(text){let shown=safeText(text.replace(MARK,"")),width=0;for(let character of shown)ZERO_WIDTH.test(
character)||(width+=WIDE.test(character)?2:1);return width}function table(rows,right=[]){let widths=[];for(let row of rows)
row.forEach((cell,column)=>{widths[column]=Math.max(widths[column]??0,displayWidth(cell))});return rows.map(row=>row.map(
(cell,column)=>{let gap=" ".repeat((widths[column]??0)-displayWidth(cell));return right.includes(column)?gap+cell:cell+gap}).
join("  ").trimEnd())}var UNITS=["KiB","MiB","GiB","TiB","PiB"];function formatBytes(bytes){if(bytes<1024)return`${Math.
floor(bytes)} B`;let value=bytes/1024,unit=0;for(;value>=1023.5&&unit<UNITS.length-1;)value/=1024,unit++;let digits=value<
9.995?2:value<99.95?1:0;return`${value.toFixed(digits).replace(/\.0+$|(\.\d*[1-9])0+$/,"$1")} ${UNITS[unit]}`}function plural(count2,one,many=`${one}\
s`){return`${count2} ${count2===1?one:many}`}function ruleLines(rules){let heads=table(rules.map(({artifacts,actions,role,threshold,separateAuthor})=>{let who=`${threshold}\
 of ${role}${separateAuthor?", not the author":""}`;return[`  ${artifacts.join(", ")}`,actions.join(", "),who]}));return rules.
flatMap((rule,i2)=>[heads[i2],...conditions(rule).map(line=>`      ${line}`)])}function conditions(rule){let{evidence,metrics,
regressions,licenses,refusesPickle,completeLineage}=rule;return[...evidence.map(({type,role,threshold,maxAgeDays,suite})=>{
let by=role===null?"":` by ${threshold} of ${role}`,age=maxAgeDays===null?"":` of at most ${maxAgeDays} days`;return`evi\
dence ${type}${by}${age}${suite===null?"":` against ${suite}`}`}),...metrics,...regressions.map(({metric,better,by})=>`${metric}\
 (${better} is better) worse than before by at most ${by}`),...licenses.length===0?[]:[`license ${licenses.join(" or ")}`],
...refusesPickle?["no pickles"]:[],...completeLineage?["lineage complete"]:[]]}var SIGNS={added:"+",removed:"-",changed:"~"},COLOURS={added:"green",removed:"red",changed:"yellow"};function policyChanges(difference){
let{principals,roles,rules,bars,revoked,gate:gate2}=difference,change2=(state,text,more=[])=>({state,text,more});return[
...principals.map(one=>change2(one.state,principalText(one))),...roles.map(one=>change2(one.state,roleText(one))),...rules.
map(({state,number,rule})=>{let[head="",...more]=ruleLines([rule]);return change2(state,`rule ${number}: ${head.trim()}`,
more)}),...bars.map(({state,bar})=>change2(state,`bar of ${bar.artifacts.join(", ")} before ${bar.stage}: ${bar.metric}`)),
...revoked.map(({state,key:{id,key,cutoff,reason}})=>{let why=reason===null?"":`: ${reason}`;return change2(state,`revok\
ed key ${id??key} after ${cutoff.slice(0,12)}${why}`)}),...gate2===null?[]:[change2("changed",`every gate looks at objec\
ts: ${gate2.before} becomes ${gate2.after}`)]]}function policyDifferenceLines(difference,paint){let{before,after}=difference,
changes=policyChanges(difference).flatMap(({state,text,more})=>[paint[COLOURS[state]](`  ${SIGNS[state]} ${text}`),...more]);
return[`policy ${before.version} becomes ${after.version}`,`  - ${before.digest}`,`  + ${after.digest}`,...changes.length===
0?["  it says the same: only comments or layout differ"]:changes]}function principalText({name,state,printed,keysAdded,keysRemoved}){
let called=printed.filter(text=>state==="changed"||text!==name),names=called.length===0||state==="changed"&&printed.length===
1?"":` (${called.join(" becomes ")})`,keys=state==="changed"?[...keysRemoved.map(id=>`- ${id}`),...keysAdded.map(id=>`+ ${id}`)]:
[...keysRemoved,...keysAdded];return`principal ${name}${names}${keys.length===0?"":`, ${keys.length===1?"key":"keys"} ${keys.
join(" ")}`}`}function roleText({role,state,added,removed}){return state!=="changed"?`role ${role}: ${[...removed,...added].
join(", ")}`:`role ${role}: ${[...removed.map(name=>`- ${name}`),...added.map(name=>`+ ${name}`)].join(", ")}`}function shortDigest(digest){return digest.slice(digest.indexOf(":")+1).slice(0,12)}function shortTime(timestamp2){return timestamp2.
slice(0,16).replace("T"," ")}function signedBy(signers){return signers.length===0?"nobody":signers.join(", ")}function verdict2({ok,findings,review}){if(!ok){let errors=findings.filter(({severity})=>severity==="error").length;return`\
This change may not land: ${plural(errors,"error")}`}let what=[...review.events.length===0?[]:[plural(review.events.length,
"event")],...review.versions.length===0?[]:[plural(review.versions.length,"version")],...review.evidence.length===0?[]:[
`${review.evidence.length} of evidence`],...review.policy===null?[]:["a new policy"]];return`This change may land${what.
length===0?": it changes nothing of the registry":`: ${what.join(", ")}`}`}function movesOf({action,lane,from,holder,expires}){
let until=expires===null?"":` until ${expires}`,instead=holder===null?"":`, in place of ${holder}`;switch(action){case"p\
romote":return`goes from ${from} to ${lane}${instead}${until}`;case"rollback":return`goes back from ${from} to ${lane}${instead}${until}`;case"\
alias":return`gets the alias ${lane}${instead}${until}`;case"unalias":return`loses the alias ${lane}`;case"restore":return"\
is in use again";default:return`is to be ${action==="yank"?"yanked":`${action}d`}`}}function stillNeeded({needs,have,missing:missing2}){
let who=missing2.length===0?"nobody is left who could":missing2.join(" or ");return`${plural(needs-have,"more signature")}\
 (${who})`}function approveCommand(branch){return`at1 approve ${branch??"BRANCH"}`}var DAY2=864e5;function ageOf(created,at2){
let days=Math.floor((Date.parse(at2)-Date.parse(created))/DAY2);return days<=0?"made the same day or later":`${plural(days,
"day")} old`}var MOST3=200;function reviewMarkdown(result,branch){let{review,findings,base,head,policy}=result;return[`## ${result.ok?
"✅":"❌"} ${md(verdict2(result))}`,"",`Registry \`${result.registry}\`, from \`${base.slice(0,12)}\` to \`${head.slice(
0,12)}\`, policy ${policy.version}.`,...section("What moves",review.events.flatMap(event=>eventLines(event,branch))),...section(
"Versions",versionLines(review.versions,branch)),...section("Policy",policyLines(result,branch)),...section("New evidenc\
e",review.evidence.map(({type,content,result:went,signers,path})=>{let how=went===null?"":`: ${went}`;return`- ${md(type)}${how}\
 about \`${shortDigest(content)}\`, signed by ${md(signedBy(signers))} (\`${code(path)}\`)`})),...section("What is wrong",
findingLines2(findings.filter(({severity})=>severity==="error"))),...section("Warnings",findingLines2(findings.filter(({
severity})=>severity==="warning"))),"",`_Signatures in the tree decide, under the policy of the target: a click on "Appr\
ove" does not count. Objects: ${result.objects}._`]}function section(title,lines3){return lines3.length===0?[]:["",`### ${title}`,
"",...lines3]}function eventLines(event,branch){let{ref,holder,evidence,metrics,license,size,content}=event,lines3=[`**${md(
ref)}** ${md(movesOf(event))} (${event.state})`,"",`- asked by ${md(event.printed)} (${md(event.actor)}), ${shortTime(event.
created)} UTC, meaning ${event.meaning}${event.reason===null?"":`: ${md(event.reason)}`}`,`- signed by ${md(signedBy(event.
signers))}: ${event.have} of ${event.needs}${event.role===null?"":` from ${md(event.role)}`}`];event.have<event.needs&&lines3.
push(`- **still needed: ${md(stillNeeded(event))}**, with \`${code(approveCommand(branch))}\``);for(let reason of event.
waitsFor)lines3.push(`- **it waits:** ${md(reason)}`);lines3.push(`- ${formatBytes(size)}, content \`${content}\`${license===
null?", no license named":`, license ${md(license)}`}`);for(let line of reviewedLineage(event.lineage))lines3.push(`- ${md(
line)}`);for(let{type,result,signers,created}of evidence)lines3.push(`- evidence ${md(type)}${result===null?"":` (${result}\
)`}, ${ageOf(created,event.created)}, signed by ${md(signedBy(signers))}`);return evidence.length===0&&lines3.push("- no\
 evidence about this content"),metrics.length>0&&lines3.push("",...metricTable(metrics,holder)),[...lines3,""]}function metricTable(metrics,holder){
let head=holder===null?["| metric | value |","| --- | --- |"]:[`| metric | ${md(holder)} (now) | this | difference |`,"|\
 --- | --- | --- | --- |"],rows=metrics.map(({name,before,after})=>{if(holder===null)return`| ${md(name)} | ${after??""}\
 |`;let difference=before===null||after===null?"":signed(after-before);return`| ${md(name)} | ${before??""} | ${after??""}\
 | ${difference} |`});return[...head,...rows]}function signed(difference){let text=Number(difference.toPrecision(6)).toString();
return difference>0?`+${text}`:text}function versionLines(versions,branch){if(versions.length===0)return[];let waiting2=versions.
filter(({state,have,needs})=>state==="pending"&&have<needs);return["| version | state | signed by | size | stored | shar\
ed | license | content |","| --- | --- | --- | --- | --- | --- | --- | --- |",...versions.map(({ref,state,signers,size,stored,
shared,license,content})=>`| ${[md(ref),state,md(signedBy(signers)),formatBytes(size),formatBytes(stored),formatBytes(shared),
md(license??"not named"),`\`${shortDigest(content)}\``].join(" | ")} |`),...versions.flatMap(({ref,lineage})=>[...lineage.
length===0?[]:["",`${md(ref)}:`,""],...reviewedLineage(lineage).map(line=>`- ${md(line)}`)]),...waiting2.flatMap(version=>[
"",`- ${md(version.ref)}: ${version.have} of ${version.needs}${version.role===null?"":` from ${md(version.role)}`}; **st\
ill needed: ${md(stillNeeded(version))}**, with \`${code(approveCommand(branch))}\``])]}function policyLines({review},branch){
return review.policy===null?[]:[`- policy ${review.policy.before} becomes ${review.policy.after}; it takes ${review.policyNeeds}\
 to change it`,...policyChanges(review.policy.difference).map(({state,text,more})=>`- ${state}: ${md([text,...more.map(line=>line.
trim())].join("; "))}`),`- read it as a difference: \`${code(`git diff TARGET ${branch??"BRANCH"} -- .at1/policy/policy.\
toml`)}\``]}function findingLines2(findings){let lines3=findings.slice(0,MOST3).map(({code:what,subject,message,hint})=>`\
- \`${what}\` **${md(subject)}**: ${md(message)}${hint===null?"":` (${md(hint)})`}`);return findings.length>MOST3?[...lines3,
`- and ${findings.length-MOST3} more`]:lines3}function md(text){return text.replace(/[\\`*_{}[\]<>()#+!|~&@-]/g,c=>c==="\
-"||c==="("||c===")"||c==="+"?c:`&#${c.codePointAt(0)};`).replace(/:(?=\/\/)/g,"&#58;").replace(/(www)\./gi,"$1&#46;").replace(
/[\r\n]+/g," ")}function code(text){return text.replace(/[`\r\n]/g," ")}function signatureLines(version,branch){let{signers,have,needs,role,state}=version,signed2=`  signed by ${signedBy(signers)}\
: ${have} of ${needs}${role===null?"":` from ${role}`}`;return state!=="pending"||have>=needs?[signed2]:[signed2,`  stil\
l needed: ${stillNeeded(version)}, with ${approveCommand(branch)}`]}function reviewText({paint},result,branch){let{review,findings}=result,head=["VERSION","STATE","SIGNED BY","SIZE","STORE\
D","SHARED","CONTENT"].map(paint.dim),versions=review.versions.map(({ref,state,signers,size,stored,shared,content})=>[ref,
state,signedBy(signers),formatBytes(size),formatBytes(stored),formatBytes(shared),shortDigest(content)]);return[result.ok?
paint.green(verdict2(result)):paint.red(verdict2(result)),...review.events.flatMap(event=>eventText(event,branch)),...versions.
length===0?[]:table([head,...versions],[3,4,5]),...review.versions.flatMap(({ref,lineage})=>reviewedLineage(lineage).map(
line=>`${ref} ${line}`)),...review.versions.flatMap(version=>version.state==="pending"?[`${version.ref} waits`,...signatureLines(
version,branch)]:[]),...review.policy===null?[]:[...policyDifferenceLines(review.policy.difference,paint),`  it takes ${review.
policyNeeds} to change it from then on`],...findingLines(findings,paint)]}function eventText(event,branch){let{evidence,
metrics,holder}=event;return[`${event.ref} ${movesOf(event)} (${event.state})`,`  content ${event.content}`,`  asked by ${event.
printed} (${event.actor})${event.reason===null?"":`: ${event.reason}`}`,`  signed by ${signedBy(event.signers)}: ${event.
have} of ${event.needs}${event.role===null?"":` from ${event.role}`}`,...event.have<event.needs?[`  still needed: ${stillNeeded(
event)}, with ${approveCommand(branch)}`]:[],...event.waitsFor.map(reason=>`  it waits: ${reason}`),...reviewedLineage(event.
lineage).map(line=>`  ${line}`),...metrics.map(({name,before,after})=>holder===null?`  ${name} = ${after}`:`  ${name}: ${before??
"unknown"} in ${holder}, ${after??"unknown"} here`),...evidence.map(({type,result,created,signers})=>{let went=result===
null?"":` (${result})`;return`  evidence ${type}${went}, ${ageOf(created,event.created)}, signed by ${signedBy(signers)}`}),
...evidence.length===0?["  no evidence about this content"]:[]]}import{readFileSync as readFileSync2}from"node:fs";var NAMES2=["root","base","head","registry","objects","allow-pending","mode"],ONLY_GATE=["base","objects","allow-pending"];
function readInputs(variables){let given=new Map;for(let[name,value]of Object.entries(variables)){if(!name.startsWith("I\
NPUT_")||value===void 0)continue;let input=name.slice(6).toLowerCase();if(!NAMES2.some(known2=>known2===input))throw invalid5(
`unknown input '${input}'`,`known: ${NAMES2.join(", ")}`);value.trim()!==""&&given.set(input,value.trim())}let root=given.
get("root");if(root===void 0)throw invalid5("the input root is empty","give it the root digest that at1 policy show prin\
ts: sha256:…");if(!/^sha256:[0-9a-f]{64}$/.test(root))throw invalid5("the input root is no digest","it is sha256: and \
64 hexadecimal digits");let mode=oneOf("mode",given.get("mode")??"gate",["gate","verify"]),wrong5=mode==="gate"?void 0:ONLY_GATE.
find(name=>given.has(name));if(wrong5!==void 0)throw invalid5(`the input ${wrong5} has no meaning in mode ${mode}`,"leav\
e it out");let[base,head,objects]=[given.get("base"),given.get("head"),given.get("objects")];if(mode==="gate"&&head!==void 0&&
base===void 0)throw invalid5("the input head is given and base is not","say what the change is to land on");return{root,
mode,base,head,registry:given.get("registry"),objects:objects===void 0?void 0:oneOf("objects",objects,OBJECT_CHECKS),allowPending:oneOf(
"allow-pending",given.get("allow-pending")??"false",["true","false"])==="true"}}function oneOf(name,value,known2){let found=known2.
find(one=>one===value);if(found===void 0)throw invalid5(`the input ${name} is '${value.slice(0,40)}'`,`known: ${known2.join(
", ")}`);return found}function invalid5(message,hint){return new At1Error("usage/invalid",{message,hint})}var NONE2="0".repeat(40);async function changeOf2(dir,environment,inputs,variables){let find=commit=>findCommit({dir,commit,
environment}),name=variables.GITHUB_EVENT_NAME??"";if(inputs.base!==void 0){let head=await find(inputs.head??commitIn("G\
ITHUB_SHA",variables.GITHUB_SHA));return{base:(await find(inputs.base)).commit,head:head.commit,isPush:name==="push"}}let event=readEvent2(
variables.GITHUB_EVENT_PATH);switch(name){case"pull_request":{let head=await find(commitIn("GITHUB_SHA",variables.GITHUB_SHA)),
[base,proposed]=head.parents;if(base===void 0||proposed!==textAt(event,"pull_request","head","sha")||head.parents.length!==
2)throw invalid5("GITHUB_SHA is not the merge of this pull request into its target","give base and head");return{base,head:head.
commit,isPush:!1}}case"merge_group":{let head=await find(commitIn("merge_group.head_sha",textAt(event,"merge_group","hea\
d_sha")));return{base:(await find(commitIn("merge_group.base_sha",textAt(event,"merge_group","base_sha")))).commit,head:head.
commit,isPush:!1}}case"push":{let before=commitIn("before",textAt(event,"before")),after=commitIn("after",textAt(event,"\
after"));if(after===NONE2)throw invalid5("this push deletes a branch: there is nothing to judge","leave such pushes out");
let head=await find(after),base=before===NONE2?head.parents[0]:(await find(before)).commit;if(base===void 0)throw invalid5(
"the commit that was pushed stands on nothing","use mode: verify");return{base,head:head.commit,isPush:!0}}case"pull_req\
uest_target":throw invalid5("pull_request_target runs with the rights and secrets of the target","run it on: pull_reques\
t");default:throw invalid5(`the event '${name.slice(0,40)}' is about no change`,"give base and head, or use mode: verify")}}
function readEvent2(path){if(path===void 0||path==="")throw invalid5("GITHUB_EVENT_PATH is not set","give base and head");
try{return JSON.parse(readFileSync2(path,"utf8"))}catch(cause){throw new At1Error("usage/invalid",{message:"the event ca\
nnot be read",hint:"give base and head",cause})}}function textAt(event,...keys){let at2=event;for(let key of keys){if(typeof at2!=
"object"||at2===null||!Object.hasOwn(at2,key))return;at2=at2[key]}return typeof at2=="string"?at2:void 0}function commitIn(what,text){
if(text!==void 0&&/^[0-9a-f]{40}$/.test(text))return text;throw invalid5(`${what} names no commit`,"give base and head")}import{randomUUID as randomUUID2}from"node:crypto";import{appendFileSync,statSync as statSync2,writeFileSync}from"node:fs";
import{join as join14}from"node:path";var SUMMARY_LIMIT=1024*1024,OUTPUT_LIMIT2=60*1024;function show(result,variables,write3){let word=randomUUID2(),text=result.
text.map(line=>safeText(line));write3(lines2([`::stop-commands::${word}`,...text,`::${word}::`,...result.annotations]));
let markdown=result.markdown.map(line=>safeText(line)),{GITHUB_STEP_SUMMARY:summary,GITHUB_OUTPUT:output2}=variables;summary&&
appendFileSync(summary,cut2(markdown,SUMMARY_LIMIT-sizeOf(summary))),output2&&appendFileSync(output2,[entry("ok",String(
result.ok)),entry("pending",String(result.pending)),entry("review-json",writeReview(result.review,variables)),entry("sum\
mary",cut2(markdown,OUTPUT_LIMIT2).trimEnd())].join(""))}function writeReview(review,{RUNNER_TEMP:folder}){if(!folder)return"";
let path=join14(folder,`at1-review-${randomUUID2()}.json`);return writeFileSync(path,`${JSON.stringify(review,null,2)}
`,{flag:"wx"}),path}function entry(name,value){let end2=`at1-${randomUUID2()}`;return`${name}<<${end2}
${value}
${end2}
`}function sizeOf(path){return statSync2(path,{throwIfNoEntry:!1})?.size??0}function cut2(all,limit){let whole=lines2(all);
if(Buffer.byteLength(whole)<=limit)return whole;let last2="\n**This is not all of it: the summary is cut here. The whole \
review is in the output `review-json`.**\n",left=limit-Buffer.byteLength(last2),kept=[];for(let line of all){if(left-=Buffer.
byteLength(line)+1,left<0)break;kept.push(line)}return left===limit?"":lines2(kept)+last2}function lines2(all){return all.
map(line=>`${line}
`).join("")}var PAINT=createPaint(!1);async function runAction(io){let variables=io.env,write3=text=>{io.stdout.write(text)};try{let inputs=readInputs(
variables),{code:code2,result}=await judge(io,inputs);return show(result,variables,write3),code2}catch(thrown){let error=asError(
thrown);return show(failure2(error),variables,write3),exitOf(error.code)}}async function judge(io,inputs){refuseLostFolder(
io);let dir=resolve8(io.env.GITHUB_WORKSPACE||io.cwd,inputs.registry??"."),environment=environmentOf(io,inputs);return inputs.
mode==="verify"?verifyThere(dir,environment,inputs):gateThere(dir,environment,inputs,io.env)}function environmentOf(io,{
root}){let{home,xdgConfigHome,configDir,stateDir,variables}=createEnvironment(io);return{home,xdgConfigHome,configDir,stateDir,
variables,root,lazyFetch:!0,cache:!1}}async function gateThere(dir,environment,inputs,variables){let{base,head,isPush}=await changeOf2(
dir,environment,inputs,variables),registry=await openRegistry({dir,at:base,environment}),{objects,allowPending}=inputs,review=await gate(
registry,{head,objects,allowPending,isPush}),waiting2=[...review.review.events,...review.review.versions].filter(({state})=>state===
"pending");return{code:exitOfFindings(review.findings),result:{ok:review.ok,pending:waiting2.length,annotations:annotationLines(
review.findings),text:reviewText({paint:PAINT},review,void 0),markdown:reviewMarkdown(review,void 0),review}}}async function verifyThere(dir,environment,{
head}){let found=await findCommit({dir,commit:head??"HEAD",environment}),registry=await openRegistry({dir,at:head===void 0?
void 0:found.commit,environment}),review=await verify2(registry),{pending:pending2,pendingEvents}=await status(registry),
{manifests,events,evidence,objects,signatures,commits,tags}=review.checked,verdict3=review.ok?`Verified: ${manifests} ve\
rsions, ${events} events, ${evidence} of evidence, ${objects} objects, ${signatures} signatures, ${commits} commits, ${tags}\
 tags`:"NOT verified",markdown=review.findings.map(({severity,code:code2,subject,message,hint})=>`- ${severity} \`${code2}\
\` **${md(subject)}**: ${md(message)}${hint===null?"":` (${md(hint)})`}`);return{code:exitOfFindings(review.findings),result:{
ok:review.ok,pending:pending2.length+pendingEvents.length,annotations:annotationLines(review.findings.map(unplaced)),text:[
verdict3,...findingLines(review.findings,PAINT)],markdown:[`## ${review.ok?"✅":"❌"} ${verdict3}`,"",`Registry \`${review.
registry}\`, at \`${review.head.slice(0,12)}\`.`,"",...markdown],review}}}function unplaced(found){return{...found,file:null,
line:null}}function failure2({code:code2,message,hint,facts}){return{ok:!1,pending:0,annotations:annotationLines([unplaced(
{code:code2,severity:"error",subject:"at1",message,hint:hint??null})]),text:[`error: ${message} [${code2}]`,...hint===void 0?
[]:[`hint: ${hint}`]],markdown:[`## ❌ ${md(message)}`,"",`\`${code2}\`${hint===void 0?"":`: ${md(hint)}`}`],review:{error:{
code:code2,message,hint:hint??null,facts}}}}function asError(thrown){if(thrown instanceof At1Error)return thrown;let what=thrown instanceof
Error?thrown.message:"unknown";return new At1Error("internal/unexpected",{message:`unexpected failure: ${what}`,cause:thrown})}process.exitCode=1;process.stdout.on("error",()=>process.exit(1));process.exitCode=await runAction(processIo());
/*
This bundle contains the following packages.

@noble/ed25519 3.2.0 (MIT)

The MIT License (MIT)

Copyright (c) 2019 Paul Miller (https://paulmillr.com)

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the “Software”), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in
all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED “AS IS”, WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN
THE SOFTWARE.

----

@noble/hashes 2.4.0 (MIT)

The MIT License (MIT)

Copyright (c) 2022 Paul Miller (https://paulmillr.com)

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the “Software”), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in
all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED “AS IS”, WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN
THE SOFTWARE.

----

fflate 0.8.3 (MIT)

MIT License

Copyright (c) 2026 Arjun Barrett

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.

----

fzstd 0.1.1 (MIT)

MIT License

Copyright (c) 2020 Arjun Barrett

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.

----

smol-toml 1.9.1 (BSD-3-Clause)

Copyright (c) Squirrel Chat et al., All rights reserved.

Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are met:

1. Redistributions of source code must retain the above copyright notice, this
   list of conditions and the following disclaimer.
2. Redistributions in binary form must reproduce the above copyright notice,
   this list of conditions and the following disclaimer in the
   documentation and/or other materials provided with the distribution.
3. Neither the name of the copyright holder nor the names of its contributors
   may be used to endorse or promote products derived from this software without
   specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.

----

xz-decompress 0.2.3 (MIT)
*/
