// @ts-nocheck: the functions below are written by ajv.
/** Generated from schemas/ by `npm run generate`: change the schema, not this file. */

export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

export interface Validator {
  (data: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

function countCodePoints(text) {
  let count = 0;
  for (let i = 0; i < text.length; i++, count++) {
    if (text.charCodeAt(i) >> 10 === 0x36 && text.charCodeAt(i + 1) >> 10 === 0x37) i++;
  }
  return count;
}
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:at1:schema:event:1","type":"object","additionalProperties":false,"required":["registry","kind","name","lane","seq","action","version","manifest","content","policy","actor","printed","created","meaning"],"properties":{"registry":{"$ref":"#/$defs/RegistryId"},"kind":{"$ref":"#/$defs/Kind"},"name":{"$ref":"#/$defs/ArtifactName"},"lane":{"type":"string","minLength":1,"maxLength":64},"seq":{"type":"integer","minimum":1,"maximum":9007199254740991},"previous":{"$ref":"#/$defs/PrefixedDigest"},"action":{"type":"string","enum":["promote","rollback","alias","unalias","deprecate","yank","revoke","restore"]},"version":{"$ref":"#/$defs/Version"},"manifest":{"$ref":"#/$defs/PrefixedDigest"},"content":{"$ref":"#/$defs/PrefixedDigest"},"policy":{"$ref":"#/$defs/PrefixedDigest"},"from":{"type":"string","minLength":1,"maxLength":64},"expires":{"$ref":"#/$defs/Timestamp"},"actor":{"type":"string","minLength":1,"maxLength":64},"printed":{"type":"string","minLength":1,"maxLength":256},"created":{"$ref":"#/$defs/Timestamp"},"meaning":{"type":"string","enum":["approval","authorship","responsibility","review"]},"reason":{"type":"string","minLength":1,"maxLength":4096}},"$defs":{"RegistryId":{"type":"string","pattern":"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},"Kind":{"type":"string","enum":["model","data","recipe"]},"ArtifactName":{"type":"string","minLength":1,"maxLength":128},"Version":{"type":"string","minLength":5,"maxLength":128},"Timestamp":{"type":"string","pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"},"PrefixedDigest":{"type":"string","pattern":"^sha256:[0-9a-f]{64}$"}}};
const schema32 = {"type":"string","pattern":"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"};
const schema33 = {"type":"string","enum":["model","data","recipe"]};
const schema34 = {"type":"string","minLength":1,"maxLength":128};
const schema35 = {"type":"string","pattern":"^sha256:[0-9a-f]{64}$"};
const schema36 = {"type":"string","minLength":5,"maxLength":128};
const schema40 = {"type":"string","pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"};
const func1 = Object.prototype.hasOwnProperty;
const func2 = countCodePoints;
const pattern4 = new RegExp("^[0-7][0-9A-HJKMNP-TV-Z]{25}$", "u");
const pattern5 = new RegExp("^sha256:[0-9a-f]{64}$", "u");
const pattern9 = new RegExp("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", "u");

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:at1:schema:event:1" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((((((((((data.registry === undefined) && (missing0 = "registry")) || ((data.kind === undefined) && (missing0 = "kind"))) || ((data.name === undefined) && (missing0 = "name"))) || ((data.lane === undefined) && (missing0 = "lane"))) || ((data.seq === undefined) && (missing0 = "seq"))) || ((data.action === undefined) && (missing0 = "action"))) || ((data.version === undefined) && (missing0 = "version"))) || ((data.manifest === undefined) && (missing0 = "manifest"))) || ((data.content === undefined) && (missing0 = "content"))) || ((data.policy === undefined) && (missing0 = "policy"))) || ((data.actor === undefined) && (missing0 = "actor"))) || ((data.printed === undefined) && (missing0 = "printed"))) || ((data.created === undefined) && (missing0 = "created"))) || ((data.meaning === undefined) && (missing0 = "meaning"))){
validate20.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema31.properties, key0))){
validate20.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.registry !== undefined){
let data0 = data.registry;
const _errs2 = errors;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data0 === "string"){
if(!pattern4.test(data0)){
validate20.errors = [{instancePath:instancePath+"/registry",schemaPath:"#/$defs/RegistryId/pattern",keyword:"pattern",params:{pattern: "^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},message:"must match pattern \""+"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"+"\""}];
return false;
}
}
else {
validate20.errors = [{instancePath:instancePath+"/registry",schemaPath:"#/$defs/RegistryId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.kind !== undefined){
let data1 = data.kind;
const _errs5 = errors;
if(typeof data1 !== "string"){
validate20.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/$defs/Kind/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((data1 === "model") || (data1 === "data")) || (data1 === "recipe"))){
validate20.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/$defs/Kind/enum",keyword:"enum",params:{allowedValues: schema33.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.name !== undefined){
let data2 = data.name;
const _errs8 = errors;
const _errs9 = errors;
if(errors === _errs9){
if(typeof data2 === "string"){
if(func2(data2) > 128){
validate20.errors = [{instancePath:instancePath+"/name",schemaPath:"#/$defs/ArtifactName/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(func2(data2) < 1){
validate20.errors = [{instancePath:instancePath+"/name",schemaPath:"#/$defs/ArtifactName/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/name",schemaPath:"#/$defs/ArtifactName/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.lane !== undefined){
let data3 = data.lane;
const _errs11 = errors;
if(errors === _errs11){
if(typeof data3 === "string"){
if(func2(data3) > 64){
validate20.errors = [{instancePath:instancePath+"/lane",schemaPath:"#/properties/lane/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(func2(data3) < 1){
validate20.errors = [{instancePath:instancePath+"/lane",schemaPath:"#/properties/lane/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/lane",schemaPath:"#/properties/lane/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.seq !== undefined){
let data4 = data.seq;
const _errs13 = errors;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
validate20.errors = [{instancePath:instancePath+"/seq",schemaPath:"#/properties/seq/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs13){
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 9007199254740991 || isNaN(data4)){
validate20.errors = [{instancePath:instancePath+"/seq",schemaPath:"#/properties/seq/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data4 < 1 || isNaN(data4)){
validate20.errors = [{instancePath:instancePath+"/seq",schemaPath:"#/properties/seq/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.previous !== undefined){
let data5 = data.previous;
const _errs15 = errors;
const _errs16 = errors;
if(errors === _errs16){
if(typeof data5 === "string"){
if(!pattern5.test(data5)){
validate20.errors = [{instancePath:instancePath+"/previous",schemaPath:"#/$defs/PrefixedDigest/pattern",keyword:"pattern",params:{pattern: "^sha256:[0-9a-f]{64}$"},message:"must match pattern \""+"^sha256:[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate20.errors = [{instancePath:instancePath+"/previous",schemaPath:"#/$defs/PrefixedDigest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.action !== undefined){
let data6 = data.action;
const _errs18 = errors;
if(typeof data6 !== "string"){
validate20.errors = [{instancePath:instancePath+"/action",schemaPath:"#/properties/action/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((((((((data6 === "promote") || (data6 === "rollback")) || (data6 === "alias")) || (data6 === "unalias")) || (data6 === "deprecate")) || (data6 === "yank")) || (data6 === "revoke")) || (data6 === "restore"))){
validate20.errors = [{instancePath:instancePath+"/action",schemaPath:"#/properties/action/enum",keyword:"enum",params:{allowedValues: schema31.properties.action.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs18 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.version !== undefined){
let data7 = data.version;
const _errs20 = errors;
const _errs21 = errors;
if(errors === _errs21){
if(typeof data7 === "string"){
if(func2(data7) > 128){
validate20.errors = [{instancePath:instancePath+"/version",schemaPath:"#/$defs/Version/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(func2(data7) < 5){
validate20.errors = [{instancePath:instancePath+"/version",schemaPath:"#/$defs/Version/minLength",keyword:"minLength",params:{limit: 5},message:"must NOT have fewer than 5 characters"}];
return false;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/version",schemaPath:"#/$defs/Version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs20 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.manifest !== undefined){
let data8 = data.manifest;
const _errs23 = errors;
const _errs24 = errors;
if(errors === _errs24){
if(typeof data8 === "string"){
if(!pattern5.test(data8)){
validate20.errors = [{instancePath:instancePath+"/manifest",schemaPath:"#/$defs/PrefixedDigest/pattern",keyword:"pattern",params:{pattern: "^sha256:[0-9a-f]{64}$"},message:"must match pattern \""+"^sha256:[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate20.errors = [{instancePath:instancePath+"/manifest",schemaPath:"#/$defs/PrefixedDigest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs23 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.content !== undefined){
let data9 = data.content;
const _errs26 = errors;
const _errs27 = errors;
if(errors === _errs27){
if(typeof data9 === "string"){
if(!pattern5.test(data9)){
validate20.errors = [{instancePath:instancePath+"/content",schemaPath:"#/$defs/PrefixedDigest/pattern",keyword:"pattern",params:{pattern: "^sha256:[0-9a-f]{64}$"},message:"must match pattern \""+"^sha256:[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate20.errors = [{instancePath:instancePath+"/content",schemaPath:"#/$defs/PrefixedDigest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs26 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.policy !== undefined){
let data10 = data.policy;
const _errs29 = errors;
const _errs30 = errors;
if(errors === _errs30){
if(typeof data10 === "string"){
if(!pattern5.test(data10)){
validate20.errors = [{instancePath:instancePath+"/policy",schemaPath:"#/$defs/PrefixedDigest/pattern",keyword:"pattern",params:{pattern: "^sha256:[0-9a-f]{64}$"},message:"must match pattern \""+"^sha256:[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate20.errors = [{instancePath:instancePath+"/policy",schemaPath:"#/$defs/PrefixedDigest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs29 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.from !== undefined){
let data11 = data.from;
const _errs32 = errors;
if(errors === _errs32){
if(typeof data11 === "string"){
if(func2(data11) > 64){
validate20.errors = [{instancePath:instancePath+"/from",schemaPath:"#/properties/from/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(func2(data11) < 1){
validate20.errors = [{instancePath:instancePath+"/from",schemaPath:"#/properties/from/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/from",schemaPath:"#/properties/from/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs32 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.expires !== undefined){
let data12 = data.expires;
const _errs34 = errors;
const _errs35 = errors;
if(errors === _errs35){
if(typeof data12 === "string"){
if(!pattern9.test(data12)){
validate20.errors = [{instancePath:instancePath+"/expires",schemaPath:"#/$defs/Timestamp/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"},message:"must match pattern \""+"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"+"\""}];
return false;
}
}
else {
validate20.errors = [{instancePath:instancePath+"/expires",schemaPath:"#/$defs/Timestamp/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs34 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.actor !== undefined){
let data13 = data.actor;
const _errs37 = errors;
if(errors === _errs37){
if(typeof data13 === "string"){
if(func2(data13) > 64){
validate20.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(func2(data13) < 1){
validate20.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs37 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.printed !== undefined){
let data14 = data.printed;
const _errs39 = errors;
if(errors === _errs39){
if(typeof data14 === "string"){
if(func2(data14) > 256){
validate20.errors = [{instancePath:instancePath+"/printed",schemaPath:"#/properties/printed/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(func2(data14) < 1){
validate20.errors = [{instancePath:instancePath+"/printed",schemaPath:"#/properties/printed/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/printed",schemaPath:"#/properties/printed/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs39 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.created !== undefined){
let data15 = data.created;
const _errs41 = errors;
const _errs42 = errors;
if(errors === _errs42){
if(typeof data15 === "string"){
if(!pattern9.test(data15)){
validate20.errors = [{instancePath:instancePath+"/created",schemaPath:"#/$defs/Timestamp/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"},message:"must match pattern \""+"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"+"\""}];
return false;
}
}
else {
validate20.errors = [{instancePath:instancePath+"/created",schemaPath:"#/$defs/Timestamp/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs41 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.meaning !== undefined){
let data16 = data.meaning;
const _errs44 = errors;
if(typeof data16 !== "string"){
validate20.errors = [{instancePath:instancePath+"/meaning",schemaPath:"#/properties/meaning/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((((data16 === "approval") || (data16 === "authorship")) || (data16 === "responsibility")) || (data16 === "review"))){
validate20.errors = [{instancePath:instancePath+"/meaning",schemaPath:"#/properties/meaning/enum",keyword:"enum",params:{allowedValues: schema31.properties.meaning.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs44 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.reason !== undefined){
let data17 = data.reason;
const _errs46 = errors;
if(errors === _errs46){
if(typeof data17 === "string"){
if(func2(data17) > 4096){
validate20.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(func2(data17) < 1){
validate20.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs46 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate20.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


const schema42 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:at1:schema:evidence:1","type":"object","additionalProperties":false,"required":["registry","id","content","policy","type","actor","printed","created","meaning"],"properties":{"registry":{"$ref":"#/$defs/RegistryId"},"id":{"type":"string","pattern":"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},"content":{"$ref":"#/$defs/PrefixedDigest"},"policy":{"$ref":"#/$defs/PrefixedDigest"},"type":{"type":"string","minLength":1,"maxLength":64},"result":{"type":"string","enum":["pass","fail"]},"suite":{"$ref":"#/$defs/PrefixedDigest"},"metrics":{"type":"object","minProperties":1,"maxProperties":1000,"propertyNames":{"pattern":"^[A-Za-z0-9][A-Za-z0-9_./: @%+-]{0,127}$"},"additionalProperties":{"type":"number"}},"files":{"type":"array","minItems":1,"maxItems":100,"items":{"$ref":"#/$defs/EvidenceFile"}},"actor":{"type":"string","minLength":1,"maxLength":64},"printed":{"type":"string","minLength":1,"maxLength":256},"created":{"$ref":"#/$defs/Timestamp"},"expires":{"$ref":"#/$defs/Timestamp"},"meaning":{"type":"string","enum":["approval","authorship","responsibility","review"]},"reason":{"type":"string","minLength":1,"maxLength":4096}},"$defs":{"RegistryId":{"type":"string","pattern":"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},"Timestamp":{"type":"string","pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"},"PrefixedDigest":{"type":"string","pattern":"^sha256:[0-9a-f]{64}$"},"Digest":{"type":"string","pattern":"^[0-9a-f]{64}$"},"RelPath":{"type":"string","minLength":1,"maxLength":4096},"EvidenceFile":{"type":"object","additionalProperties":false,"required":["path","size","sha256"],"properties":{"path":{"$ref":"#/$defs/RelPath"},"size":{"type":"integer","minimum":0,"maximum":9007199254740991},"sha256":{"$ref":"#/$defs/Digest"}}}}};
const schema43 = {"type":"string","pattern":"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"};
const schema44 = {"type":"string","pattern":"^sha256:[0-9a-f]{64}$"};
const schema50 = {"type":"string","pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"};
const pattern16 = new RegExp("^[A-Za-z0-9][A-Za-z0-9_./: @%+-]{0,127}$", "u");
const schema47 = {"type":"object","additionalProperties":false,"required":["path","size","sha256"],"properties":{"path":{"$ref":"#/$defs/RelPath"},"size":{"type":"integer","minimum":0,"maximum":9007199254740991},"sha256":{"$ref":"#/$defs/Digest"}}};
const schema48 = {"type":"string","minLength":1,"maxLength":4096};
const schema49 = {"type":"string","pattern":"^[0-9a-f]{64}$"};
const pattern17 = new RegExp("^[0-9a-f]{64}$", "u");

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate22.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.path === undefined) && (missing0 = "path")) || ((data.size === undefined) && (missing0 = "size"))) || ((data.sha256 === undefined) && (missing0 = "sha256"))){
validate22.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((key0 === "path") || (key0 === "size")) || (key0 === "sha256"))){
validate22.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.path !== undefined){
let data0 = data.path;
const _errs2 = errors;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data0 === "string"){
if(func2(data0) > 4096){
validate22.errors = [{instancePath:instancePath+"/path",schemaPath:"#/$defs/RelPath/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(func2(data0) < 1){
validate22.errors = [{instancePath:instancePath+"/path",schemaPath:"#/$defs/RelPath/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/path",schemaPath:"#/$defs/RelPath/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.size !== undefined){
let data1 = data.size;
const _errs5 = errors;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
validate22.errors = [{instancePath:instancePath+"/size",schemaPath:"#/properties/size/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs5){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 9007199254740991 || isNaN(data1)){
validate22.errors = [{instancePath:instancePath+"/size",schemaPath:"#/properties/size/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data1 < 0 || isNaN(data1)){
validate22.errors = [{instancePath:instancePath+"/size",schemaPath:"#/properties/size/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.sha256 !== undefined){
let data2 = data.sha256;
const _errs7 = errors;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data2 === "string"){
if(!pattern17.test(data2)){
validate22.errors = [{instancePath:instancePath+"/sha256",schemaPath:"#/$defs/Digest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate22.errors = [{instancePath:instancePath+"/sha256",schemaPath:"#/$defs/Digest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
validate22.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate22.errors = vErrors;
return errors === 0;
}
validate22.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:at1:schema:evidence:1" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate21.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((((((data.registry === undefined) && (missing0 = "registry")) || ((data.id === undefined) && (missing0 = "id"))) || ((data.content === undefined) && (missing0 = "content"))) || ((data.policy === undefined) && (missing0 = "policy"))) || ((data.type === undefined) && (missing0 = "type"))) || ((data.actor === undefined) && (missing0 = "actor"))) || ((data.printed === undefined) && (missing0 = "printed"))) || ((data.created === undefined) && (missing0 = "created"))) || ((data.meaning === undefined) && (missing0 = "meaning"))){
validate21.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema42.properties, key0))){
validate21.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.registry !== undefined){
let data0 = data.registry;
const _errs2 = errors;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data0 === "string"){
if(!pattern4.test(data0)){
validate21.errors = [{instancePath:instancePath+"/registry",schemaPath:"#/$defs/RegistryId/pattern",keyword:"pattern",params:{pattern: "^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},message:"must match pattern \""+"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"+"\""}];
return false;
}
}
else {
validate21.errors = [{instancePath:instancePath+"/registry",schemaPath:"#/$defs/RegistryId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.id !== undefined){
let data1 = data.id;
const _errs5 = errors;
if(errors === _errs5){
if(typeof data1 === "string"){
if(!pattern4.test(data1)){
validate21.errors = [{instancePath:instancePath+"/id",schemaPath:"#/properties/id/pattern",keyword:"pattern",params:{pattern: "^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},message:"must match pattern \""+"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"+"\""}];
return false;
}
}
else {
validate21.errors = [{instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.content !== undefined){
let data2 = data.content;
const _errs7 = errors;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data2 === "string"){
if(!pattern5.test(data2)){
validate21.errors = [{instancePath:instancePath+"/content",schemaPath:"#/$defs/PrefixedDigest/pattern",keyword:"pattern",params:{pattern: "^sha256:[0-9a-f]{64}$"},message:"must match pattern \""+"^sha256:[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate21.errors = [{instancePath:instancePath+"/content",schemaPath:"#/$defs/PrefixedDigest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.policy !== undefined){
let data3 = data.policy;
const _errs10 = errors;
const _errs11 = errors;
if(errors === _errs11){
if(typeof data3 === "string"){
if(!pattern5.test(data3)){
validate21.errors = [{instancePath:instancePath+"/policy",schemaPath:"#/$defs/PrefixedDigest/pattern",keyword:"pattern",params:{pattern: "^sha256:[0-9a-f]{64}$"},message:"must match pattern \""+"^sha256:[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate21.errors = [{instancePath:instancePath+"/policy",schemaPath:"#/$defs/PrefixedDigest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.type !== undefined){
let data4 = data.type;
const _errs13 = errors;
if(errors === _errs13){
if(typeof data4 === "string"){
if(func2(data4) > 64){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(func2(data4) < 1){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.result !== undefined){
let data5 = data.result;
const _errs15 = errors;
if(typeof data5 !== "string"){
validate21.errors = [{instancePath:instancePath+"/result",schemaPath:"#/properties/result/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((data5 === "pass") || (data5 === "fail"))){
validate21.errors = [{instancePath:instancePath+"/result",schemaPath:"#/properties/result/enum",keyword:"enum",params:{allowedValues: schema42.properties.result.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.suite !== undefined){
let data6 = data.suite;
const _errs17 = errors;
const _errs18 = errors;
if(errors === _errs18){
if(typeof data6 === "string"){
if(!pattern5.test(data6)){
validate21.errors = [{instancePath:instancePath+"/suite",schemaPath:"#/$defs/PrefixedDigest/pattern",keyword:"pattern",params:{pattern: "^sha256:[0-9a-f]{64}$"},message:"must match pattern \""+"^sha256:[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate21.errors = [{instancePath:instancePath+"/suite",schemaPath:"#/$defs/PrefixedDigest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs17 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.metrics !== undefined){
let data7 = data.metrics;
const _errs20 = errors;
if(errors === _errs20){
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(Object.keys(data7).length > 1000){
validate21.errors = [{instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/maxProperties",keyword:"maxProperties",params:{limit: 1000},message:"must NOT have more than 1000 properties"}];
return false;
}
else {
if(Object.keys(data7).length < 1){
validate21.errors = [{instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"}];
return false;
}
else {
for(const key1 in data7){
const _errs22 = errors;
if(typeof key1 === "string"){
if(!pattern16.test(key1)){
const err0 = {instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9_./: @%+-]{0,127}$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9_./: @%+-]{0,127}$"+"\"",propertyName:key1};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var valid5 = _errs22 === errors;
if(!valid5){
const err1 = {instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
validate21.errors = vErrors;
return false;
break;
}
}
if(valid5){
for(const key2 in data7){
let data8 = data7[key2];
const _errs24 = errors;
if(!((typeof data8 == "number") && (isFinite(data8)))){
validate21.errors = [{instancePath:instancePath+"/metrics/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/metrics/additionalProperties/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
var valid6 = _errs24 === errors;
if(!valid6){
break;
}
}
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs20 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.files !== undefined){
let data9 = data.files;
const _errs26 = errors;
if(errors === _errs26){
if(Array.isArray(data9)){
if(data9.length > 100){
validate21.errors = [{instancePath:instancePath+"/files",schemaPath:"#/properties/files/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"}];
return false;
}
else {
if(data9.length < 1){
validate21.errors = [{instancePath:instancePath+"/files",schemaPath:"#/properties/files/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid7 = true;
const len0 = data9.length;
for(let i0=0; i0<len0; i0++){
const _errs28 = errors;
if(!(validate22(data9[i0], {instancePath:instancePath+"/files/" + i0,parentData:data9,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
var valid7 = _errs28 === errors;
if(!valid7){
break;
}
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/files",schemaPath:"#/properties/files/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs26 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.actor !== undefined){
let data11 = data.actor;
const _errs29 = errors;
if(errors === _errs29){
if(typeof data11 === "string"){
if(func2(data11) > 64){
validate21.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(func2(data11) < 1){
validate21.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs29 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.printed !== undefined){
let data12 = data.printed;
const _errs31 = errors;
if(errors === _errs31){
if(typeof data12 === "string"){
if(func2(data12) > 256){
validate21.errors = [{instancePath:instancePath+"/printed",schemaPath:"#/properties/printed/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(func2(data12) < 1){
validate21.errors = [{instancePath:instancePath+"/printed",schemaPath:"#/properties/printed/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/printed",schemaPath:"#/properties/printed/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs31 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.created !== undefined){
let data13 = data.created;
const _errs33 = errors;
const _errs34 = errors;
if(errors === _errs34){
if(typeof data13 === "string"){
if(!pattern9.test(data13)){
validate21.errors = [{instancePath:instancePath+"/created",schemaPath:"#/$defs/Timestamp/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"},message:"must match pattern \""+"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"+"\""}];
return false;
}
}
else {
validate21.errors = [{instancePath:instancePath+"/created",schemaPath:"#/$defs/Timestamp/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs33 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.expires !== undefined){
let data14 = data.expires;
const _errs36 = errors;
const _errs37 = errors;
if(errors === _errs37){
if(typeof data14 === "string"){
if(!pattern9.test(data14)){
validate21.errors = [{instancePath:instancePath+"/expires",schemaPath:"#/$defs/Timestamp/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"},message:"must match pattern \""+"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"+"\""}];
return false;
}
}
else {
validate21.errors = [{instancePath:instancePath+"/expires",schemaPath:"#/$defs/Timestamp/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs36 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.meaning !== undefined){
let data15 = data.meaning;
const _errs39 = errors;
if(typeof data15 !== "string"){
validate21.errors = [{instancePath:instancePath+"/meaning",schemaPath:"#/properties/meaning/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((((data15 === "approval") || (data15 === "authorship")) || (data15 === "responsibility")) || (data15 === "review"))){
validate21.errors = [{instancePath:instancePath+"/meaning",schemaPath:"#/properties/meaning/enum",keyword:"enum",params:{allowedValues: schema42.properties.meaning.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs39 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.reason !== undefined){
let data16 = data.reason;
const _errs41 = errors;
if(errors === _errs41){
if(typeof data16 === "string"){
if(func2(data16) > 4096){
validate21.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(func2(data16) < 1){
validate21.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs41 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate21.errors = vErrors;
return errors === 0;
}
validate21.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


const schema52 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:at1:schema:layout:1","type":"object","additionalProperties":false,"required":["size","segments"],"properties":{"size":{"type":"integer","minimum":0,"maximum":9007199254740991},"segments":{"type":"array","minItems":1,"maxItems":100000,"items":{"$ref":"#/$defs/Segment"}},"bases":{"type":"array","minItems":1,"maxItems":100000,"items":{"$ref":"#/$defs/Segment"}}},"$defs":{"Digest":{"type":"string","pattern":"^[0-9a-f]{64}$"},"Segment":{"type":"object","additionalProperties":false,"required":["size","sha256","object","stored"],"properties":{"size":{"type":"integer","minimum":0,"maximum":16777216},"sha256":{"$ref":"#/$defs/Digest"},"object":{"$ref":"#/$defs/Digest"},"stored":{"type":"integer","minimum":1,"maximum":33554432},"transform":{"type":"string","enum":["planes","delta"]},"base":{"$ref":"#/$defs/Digest"}}}}};
const schema53 = {"type":"object","additionalProperties":false,"required":["size","sha256","object","stored"],"properties":{"size":{"type":"integer","minimum":0,"maximum":16777216},"sha256":{"$ref":"#/$defs/Digest"},"object":{"$ref":"#/$defs/Digest"},"stored":{"type":"integer","minimum":1,"maximum":33554432},"transform":{"type":"string","enum":["planes","delta"]},"base":{"$ref":"#/$defs/Digest"}}};
const schema54 = {"type":"string","pattern":"^[0-9a-f]{64}$"};

function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate25.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.size === undefined) && (missing0 = "size")) || ((data.sha256 === undefined) && (missing0 = "sha256"))) || ((data.object === undefined) && (missing0 = "object"))) || ((data.stored === undefined) && (missing0 = "stored"))){
validate25.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((key0 === "size") || (key0 === "sha256")) || (key0 === "object")) || (key0 === "stored")) || (key0 === "transform")) || (key0 === "base"))){
validate25.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.size !== undefined){
let data0 = data.size;
const _errs2 = errors;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
validate25.errors = [{instancePath:instancePath+"/size",schemaPath:"#/properties/size/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs2){
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 16777216 || isNaN(data0)){
validate25.errors = [{instancePath:instancePath+"/size",schemaPath:"#/properties/size/maximum",keyword:"maximum",params:{comparison: "<=", limit: 16777216},message:"must be <= 16777216"}];
return false;
}
else {
if(data0 < 0 || isNaN(data0)){
validate25.errors = [{instancePath:instancePath+"/size",schemaPath:"#/properties/size/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.sha256 !== undefined){
let data1 = data.sha256;
const _errs4 = errors;
const _errs5 = errors;
if(errors === _errs5){
if(typeof data1 === "string"){
if(!pattern17.test(data1)){
validate25.errors = [{instancePath:instancePath+"/sha256",schemaPath:"#/$defs/Digest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate25.errors = [{instancePath:instancePath+"/sha256",schemaPath:"#/$defs/Digest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.object !== undefined){
let data2 = data.object;
const _errs7 = errors;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data2 === "string"){
if(!pattern17.test(data2)){
validate25.errors = [{instancePath:instancePath+"/object",schemaPath:"#/$defs/Digest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate25.errors = [{instancePath:instancePath+"/object",schemaPath:"#/$defs/Digest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.stored !== undefined){
let data3 = data.stored;
const _errs10 = errors;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
validate25.errors = [{instancePath:instancePath+"/stored",schemaPath:"#/properties/stored/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs10){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 33554432 || isNaN(data3)){
validate25.errors = [{instancePath:instancePath+"/stored",schemaPath:"#/properties/stored/maximum",keyword:"maximum",params:{comparison: "<=", limit: 33554432},message:"must be <= 33554432"}];
return false;
}
else {
if(data3 < 1 || isNaN(data3)){
validate25.errors = [{instancePath:instancePath+"/stored",schemaPath:"#/properties/stored/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.transform !== undefined){
let data4 = data.transform;
const _errs12 = errors;
if(typeof data4 !== "string"){
validate25.errors = [{instancePath:instancePath+"/transform",schemaPath:"#/properties/transform/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((data4 === "planes") || (data4 === "delta"))){
validate25.errors = [{instancePath:instancePath+"/transform",schemaPath:"#/properties/transform/enum",keyword:"enum",params:{allowedValues: schema53.properties.transform.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.base !== undefined){
let data5 = data.base;
const _errs14 = errors;
const _errs15 = errors;
if(errors === _errs15){
if(typeof data5 === "string"){
if(!pattern17.test(data5)){
validate25.errors = [{instancePath:instancePath+"/base",schemaPath:"#/$defs/Digest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate25.errors = [{instancePath:instancePath+"/base",schemaPath:"#/$defs/Digest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
else {
validate25.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate25.errors = vErrors;
return errors === 0;
}
validate25.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:at1:schema:layout:1" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate24.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.size === undefined) && (missing0 = "size")) || ((data.segments === undefined) && (missing0 = "segments"))){
validate24.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((key0 === "size") || (key0 === "segments")) || (key0 === "bases"))){
validate24.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.size !== undefined){
let data0 = data.size;
const _errs2 = errors;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
validate24.errors = [{instancePath:instancePath+"/size",schemaPath:"#/properties/size/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs2){
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 9007199254740991 || isNaN(data0)){
validate24.errors = [{instancePath:instancePath+"/size",schemaPath:"#/properties/size/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data0 < 0 || isNaN(data0)){
validate24.errors = [{instancePath:instancePath+"/size",schemaPath:"#/properties/size/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.segments !== undefined){
let data1 = data.segments;
const _errs4 = errors;
if(errors === _errs4){
if(Array.isArray(data1)){
if(data1.length > 100000){
validate24.errors = [{instancePath:instancePath+"/segments",schemaPath:"#/properties/segments/maxItems",keyword:"maxItems",params:{limit: 100000},message:"must NOT have more than 100000 items"}];
return false;
}
else {
if(data1.length < 1){
validate24.errors = [{instancePath:instancePath+"/segments",schemaPath:"#/properties/segments/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid1 = true;
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
const _errs6 = errors;
if(!(validate25(data1[i0], {instancePath:instancePath+"/segments/" + i0,parentData:data1,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
var valid1 = _errs6 === errors;
if(!valid1){
break;
}
}
}
}
}
else {
validate24.errors = [{instancePath:instancePath+"/segments",schemaPath:"#/properties/segments/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.bases !== undefined){
let data3 = data.bases;
const _errs7 = errors;
if(errors === _errs7){
if(Array.isArray(data3)){
if(data3.length > 100000){
validate24.errors = [{instancePath:instancePath+"/bases",schemaPath:"#/properties/bases/maxItems",keyword:"maxItems",params:{limit: 100000},message:"must NOT have more than 100000 items"}];
return false;
}
else {
if(data3.length < 1){
validate24.errors = [{instancePath:instancePath+"/bases",schemaPath:"#/properties/bases/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid2 = true;
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
const _errs9 = errors;
if(!(validate25(data3[i1], {instancePath:instancePath+"/bases/" + i1,parentData:data3,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
var valid2 = _errs9 === errors;
if(!valid2){
break;
}
}
}
}
}
else {
validate24.errors = [{instancePath:instancePath+"/bases",schemaPath:"#/properties/bases/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
validate24.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate24.errors = vErrors;
return errors === 0;
}
validate24.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


const schema57 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:at1:schema:manifest:1","type":"object","additionalProperties":false,"required":["registry","kind","name","version","created","content","form","size","files"],"properties":{"registry":{"$ref":"#/$defs/RegistryId"},"kind":{"$ref":"#/$defs/Kind"},"name":{"$ref":"#/$defs/ArtifactName"},"version":{"$ref":"#/$defs/Version"},"created":{"$ref":"#/$defs/Timestamp"},"content":{"$ref":"#/$defs/PrefixedDigest"},"form":{"type":"string","enum":["file","tree"]},"size":{"type":"integer","minimum":0,"maximum":9007199254740991},"description":{"type":"string","minLength":1,"maxLength":4096},"purpose":{"type":"string","minLength":1,"maxLength":4096},"license":{"type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9.+-]{0,127}$"},"directories":{"type":"array","minItems":1,"maxItems":100000,"items":{"$ref":"#/$defs/RelPath"}},"metrics":{"type":"object","minProperties":1,"maxProperties":1000,"propertyNames":{"pattern":"^[A-Za-z0-9][A-Za-z0-9_./: @%+-]{0,127}$"},"additionalProperties":{"type":"number"}},"lineage":{"type":"array","minItems":1,"maxItems":256,"items":{"$ref":"#/$defs/LineageEntry"}},"card":{"$ref":"#/$defs/Card"},"files":{"type":"array","minItems":1,"maxItems":100000,"items":{"$ref":"#/$defs/FileEntry"}}},"$defs":{"RegistryId":{"type":"string","pattern":"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},"Kind":{"type":"string","enum":["model","data","recipe"]},"ArtifactName":{"type":"string","minLength":1,"maxLength":128},"Version":{"type":"string","minLength":5,"maxLength":128},"Timestamp":{"type":"string","pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"},"PrefixedDigest":{"type":"string","pattern":"^sha256:[0-9a-f]{64}$"},"Digest":{"type":"string","pattern":"^[0-9a-f]{64}$"},"Blake3":{"type":"string","pattern":"^[0-9a-f]{64}$"},"RelPath":{"type":"string","minLength":1,"maxLength":4096},"Card":{"type":"object","additionalProperties":false,"required":["format","text"],"properties":{"format":{"type":"string","enum":["markdown","toml"]},"text":{"type":"string","maxLength":262144}}},"LineageEntry":{"type":"object","additionalProperties":false,"required":["relation"],"oneOf":[{"required":["ref","content"],"not":{"required":["uri"]}},{"required":["uri"],"not":{"required":["ref"]}}],"properties":{"relation":{"type":"string","enum":["derived-from","fine-tuned-from","distilled-from","merged-from","quantized-from","pruned-from","trained-on","evaluated-on","produced-by"]},"ref":{"type":"string","minLength":1,"maxLength":384},"uri":{"type":"string","pattern":"^[a-z][a-z0-9+.-]{0,31}:[!-~]{1,2048}$"},"content":{"$ref":"#/$defs/PrefixedDigest"},"parameters":{"type":"array","minItems":1,"maxItems":32,"items":{"$ref":"#/$defs/LineageParameter"}}}},"LineageParameter":{"type":"object","additionalProperties":false,"required":["name","value"],"properties":{"name":{"type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"},"value":{"type":"string","maxLength":1024}}},"FileEntry":{"type":"object","additionalProperties":false,"required":["path","size","sha256","blake3"],"oneOf":[{"required":["segments"]},{"required":["layout"]}],"properties":{"path":{"$ref":"#/$defs/RelPath"},"size":{"type":"integer","minimum":0,"maximum":9007199254740991},"sha256":{"$ref":"#/$defs/Digest"},"blake3":{"$ref":"#/$defs/Blake3"},"executable":{"type":"boolean","const":true},"segments":{"type":"array","minItems":1,"maxItems":64,"items":{"$ref":"#/$defs/Segment"}},"bases":{"type":"array","minItems":1,"maxItems":512,"items":{"$ref":"#/$defs/Segment"}},"layout":{"$ref":"#/$defs/Segment"}}},"Segment":{"type":"object","additionalProperties":false,"required":["size","sha256","object","stored"],"properties":{"size":{"type":"integer","minimum":0,"maximum":16777216},"sha256":{"$ref":"#/$defs/Digest"},"object":{"$ref":"#/$defs/Digest"},"stored":{"type":"integer","minimum":1,"maximum":33554432},"transform":{"type":"string","enum":["planes","delta"]},"base":{"$ref":"#/$defs/Digest"}}}}};
const schema58 = {"type":"string","pattern":"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"};
const schema59 = {"type":"string","enum":["model","data","recipe"]};
const schema60 = {"type":"string","minLength":1,"maxLength":128};
const schema61 = {"type":"string","minLength":5,"maxLength":128};
const schema62 = {"type":"string","pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"};
const schema63 = {"type":"string","pattern":"^sha256:[0-9a-f]{64}$"};
const schema64 = {"type":"string","minLength":1,"maxLength":4096};
const schema68 = {"type":"object","additionalProperties":false,"required":["format","text"],"properties":{"format":{"type":"string","enum":["markdown","toml"]},"text":{"type":"string","maxLength":262144}}};
const pattern26 = new RegExp("^[A-Za-z0-9][A-Za-z0-9.+-]{0,127}$", "u");
const schema65 = {"type":"object","additionalProperties":false,"required":["relation"],"oneOf":[{"required":["ref","content"],"not":{"required":["uri"]}},{"required":["uri"],"not":{"required":["ref"]}}],"properties":{"relation":{"type":"string","enum":["derived-from","fine-tuned-from","distilled-from","merged-from","quantized-from","pruned-from","trained-on","evaluated-on","produced-by"]},"ref":{"type":"string","minLength":1,"maxLength":384},"uri":{"type":"string","pattern":"^[a-z][a-z0-9+.-]{0,31}:[!-~]{1,2048}$"},"content":{"$ref":"#/$defs/PrefixedDigest"},"parameters":{"type":"array","minItems":1,"maxItems":32,"items":{"$ref":"#/$defs/LineageParameter"}}}};
const schema67 = {"type":"object","additionalProperties":false,"required":["name","value"],"properties":{"name":{"type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"},"value":{"type":"string","maxLength":1024}}};
const pattern28 = new RegExp("^[a-z][a-z0-9+.-]{0,31}:[!-~]{1,2048}$", "u");
const pattern30 = new RegExp("^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$", "u");

function validate29(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate29.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs1 = errors;
let valid0 = false;
let passing0 = null;
const _errs2 = errors;
const _errs3 = errors;
const _errs4 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.uri === undefined) && (missing0 = "uri")){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var valid1 = _errs4 === errors;
if(valid1){
const err1 = {instancePath,schemaPath:"#/oneOf/0/not",keyword:"not",params:{},message:"must NOT be valid"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
else {
errors = _errs3;
if(vErrors !== null){
if(_errs3){
vErrors.length = _errs3;
}
else {
vErrors = null;
}
}
}
if(errors === _errs2){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if(((data.ref === undefined) && (missing1 = "ref")) || ((data.content === undefined) && (missing1 = "content"))){
const err2 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
var _valid0 = _errs2 === errors;
if(_valid0){
valid0 = true;
passing0 = 0;
}
const _errs5 = errors;
const _errs6 = errors;
const _errs7 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing2;
if((data.ref === undefined) && (missing2 = "ref")){
const err3 = {};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
var valid2 = _errs7 === errors;
if(valid2){
const err4 = {instancePath,schemaPath:"#/oneOf/1/not",keyword:"not",params:{},message:"must NOT be valid"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
else {
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
}
if(errors === _errs5){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing3;
if((data.uri === undefined) && (missing3 = "uri")){
const err5 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
var _valid0 = _errs5 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid0 = true;
passing0 = 1;
}
}
if(!valid0){
const err6 = {instancePath,schemaPath:"#/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
validate29.errors = vErrors;
return false;
}
else {
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing4;
if((data.relation === undefined) && (missing4 = "relation")){
validate29.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing4},message:"must have required property '"+missing4+"'"}];
return false;
}
else {
const _errs8 = errors;
for(const key0 in data){
if(!(((((key0 === "relation") || (key0 === "ref")) || (key0 === "uri")) || (key0 === "content")) || (key0 === "parameters"))){
validate29.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs8 === errors){
if(data.relation !== undefined){
let data0 = data.relation;
const _errs9 = errors;
if(typeof data0 !== "string"){
validate29.errors = [{instancePath:instancePath+"/relation",schemaPath:"#/properties/relation/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((((((data0 === "derived-from") || (data0 === "fine-tuned-from")) || (data0 === "distilled-from")) || (data0 === "merged-from")) || (data0 === "quantized-from")) || (data0 === "pruned-from")) || (data0 === "trained-on")) || (data0 === "evaluated-on")) || (data0 === "produced-by"))){
validate29.errors = [{instancePath:instancePath+"/relation",schemaPath:"#/properties/relation/enum",keyword:"enum",params:{allowedValues: schema65.properties.relation.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid3 = _errs9 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data.ref !== undefined){
let data1 = data.ref;
const _errs11 = errors;
if(errors === _errs11){
if(typeof data1 === "string"){
if(func2(data1) > 384){
validate29.errors = [{instancePath:instancePath+"/ref",schemaPath:"#/properties/ref/maxLength",keyword:"maxLength",params:{limit: 384},message:"must NOT have more than 384 characters"}];
return false;
}
else {
if(func2(data1) < 1){
validate29.errors = [{instancePath:instancePath+"/ref",schemaPath:"#/properties/ref/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate29.errors = [{instancePath:instancePath+"/ref",schemaPath:"#/properties/ref/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs11 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data.uri !== undefined){
let data2 = data.uri;
const _errs13 = errors;
if(errors === _errs13){
if(typeof data2 === "string"){
if(!pattern28.test(data2)){
validate29.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9+.-]{0,31}:[!-~]{1,2048}$"},message:"must match pattern \""+"^[a-z][a-z0-9+.-]{0,31}:[!-~]{1,2048}$"+"\""}];
return false;
}
}
else {
validate29.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs13 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data.content !== undefined){
let data3 = data.content;
const _errs15 = errors;
const _errs16 = errors;
if(errors === _errs16){
if(typeof data3 === "string"){
if(!pattern5.test(data3)){
validate29.errors = [{instancePath:instancePath+"/content",schemaPath:"#/$defs/PrefixedDigest/pattern",keyword:"pattern",params:{pattern: "^sha256:[0-9a-f]{64}$"},message:"must match pattern \""+"^sha256:[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate29.errors = [{instancePath:instancePath+"/content",schemaPath:"#/$defs/PrefixedDigest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs15 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data.parameters !== undefined){
let data4 = data.parameters;
const _errs18 = errors;
if(errors === _errs18){
if(Array.isArray(data4)){
if(data4.length > 32){
validate29.errors = [{instancePath:instancePath+"/parameters",schemaPath:"#/properties/parameters/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items"}];
return false;
}
else {
if(data4.length < 1){
validate29.errors = [{instancePath:instancePath+"/parameters",schemaPath:"#/properties/parameters/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid5 = true;
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
const _errs20 = errors;
const _errs21 = errors;
if(errors === _errs21){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
let missing5;
if(((data5.name === undefined) && (missing5 = "name")) || ((data5.value === undefined) && (missing5 = "value"))){
validate29.errors = [{instancePath:instancePath+"/parameters/" + i0,schemaPath:"#/$defs/LineageParameter/required",keyword:"required",params:{missingProperty: missing5},message:"must have required property '"+missing5+"'"}];
return false;
}
else {
const _errs23 = errors;
for(const key1 in data5){
if(!((key1 === "name") || (key1 === "value"))){
validate29.errors = [{instancePath:instancePath+"/parameters/" + i0,schemaPath:"#/$defs/LineageParameter/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs23 === errors){
if(data5.name !== undefined){
let data6 = data5.name;
const _errs24 = errors;
if(errors === _errs24){
if(typeof data6 === "string"){
if(!pattern30.test(data6)){
validate29.errors = [{instancePath:instancePath+"/parameters/" + i0+"/name",schemaPath:"#/$defs/LineageParameter/properties/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"+"\""}];
return false;
}
}
else {
validate29.errors = [{instancePath:instancePath+"/parameters/" + i0+"/name",schemaPath:"#/$defs/LineageParameter/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid7 = _errs24 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data5.value !== undefined){
let data7 = data5.value;
const _errs26 = errors;
if(errors === _errs26){
if(typeof data7 === "string"){
if(func2(data7) > 1024){
validate29.errors = [{instancePath:instancePath+"/parameters/" + i0+"/value",schemaPath:"#/$defs/LineageParameter/properties/value/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
}
else {
validate29.errors = [{instancePath:instancePath+"/parameters/" + i0+"/value",schemaPath:"#/$defs/LineageParameter/properties/value/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid7 = _errs26 === errors;
}
else {
var valid7 = true;
}
}
}
}
}
else {
validate29.errors = [{instancePath:instancePath+"/parameters/" + i0,schemaPath:"#/$defs/LineageParameter/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid5 = _errs20 === errors;
if(!valid5){
break;
}
}
}
}
}
else {
validate29.errors = [{instancePath:instancePath+"/parameters",schemaPath:"#/properties/parameters/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid3 = _errs18 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
}
}
}
else {
validate29.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate29.errors = vErrors;
return errors === 0;
}
validate29.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema69 = {"type":"object","additionalProperties":false,"required":["path","size","sha256","blake3"],"oneOf":[{"required":["segments"]},{"required":["layout"]}],"properties":{"path":{"$ref":"#/$defs/RelPath"},"size":{"type":"integer","minimum":0,"maximum":9007199254740991},"sha256":{"$ref":"#/$defs/Digest"},"blake3":{"$ref":"#/$defs/Blake3"},"executable":{"type":"boolean","const":true},"segments":{"type":"array","minItems":1,"maxItems":64,"items":{"$ref":"#/$defs/Segment"}},"bases":{"type":"array","minItems":1,"maxItems":512,"items":{"$ref":"#/$defs/Segment"}},"layout":{"$ref":"#/$defs/Segment"}}};
const schema71 = {"type":"string","pattern":"^[0-9a-f]{64}$"};
const schema72 = {"type":"string","pattern":"^[0-9a-f]{64}$"};
const schema73 = {"type":"object","additionalProperties":false,"required":["size","sha256","object","stored"],"properties":{"size":{"type":"integer","minimum":0,"maximum":16777216},"sha256":{"$ref":"#/$defs/Digest"},"object":{"$ref":"#/$defs/Digest"},"stored":{"type":"integer","minimum":1,"maximum":33554432},"transform":{"type":"string","enum":["planes","delta"]},"base":{"$ref":"#/$defs/Digest"}}};

function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate32.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.size === undefined) && (missing0 = "size")) || ((data.sha256 === undefined) && (missing0 = "sha256"))) || ((data.object === undefined) && (missing0 = "object"))) || ((data.stored === undefined) && (missing0 = "stored"))){
validate32.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((key0 === "size") || (key0 === "sha256")) || (key0 === "object")) || (key0 === "stored")) || (key0 === "transform")) || (key0 === "base"))){
validate32.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.size !== undefined){
let data0 = data.size;
const _errs2 = errors;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
validate32.errors = [{instancePath:instancePath+"/size",schemaPath:"#/properties/size/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs2){
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 16777216 || isNaN(data0)){
validate32.errors = [{instancePath:instancePath+"/size",schemaPath:"#/properties/size/maximum",keyword:"maximum",params:{comparison: "<=", limit: 16777216},message:"must be <= 16777216"}];
return false;
}
else {
if(data0 < 0 || isNaN(data0)){
validate32.errors = [{instancePath:instancePath+"/size",schemaPath:"#/properties/size/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.sha256 !== undefined){
let data1 = data.sha256;
const _errs4 = errors;
const _errs5 = errors;
if(errors === _errs5){
if(typeof data1 === "string"){
if(!pattern17.test(data1)){
validate32.errors = [{instancePath:instancePath+"/sha256",schemaPath:"#/$defs/Digest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate32.errors = [{instancePath:instancePath+"/sha256",schemaPath:"#/$defs/Digest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.object !== undefined){
let data2 = data.object;
const _errs7 = errors;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data2 === "string"){
if(!pattern17.test(data2)){
validate32.errors = [{instancePath:instancePath+"/object",schemaPath:"#/$defs/Digest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate32.errors = [{instancePath:instancePath+"/object",schemaPath:"#/$defs/Digest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.stored !== undefined){
let data3 = data.stored;
const _errs10 = errors;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
validate32.errors = [{instancePath:instancePath+"/stored",schemaPath:"#/properties/stored/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs10){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 33554432 || isNaN(data3)){
validate32.errors = [{instancePath:instancePath+"/stored",schemaPath:"#/properties/stored/maximum",keyword:"maximum",params:{comparison: "<=", limit: 33554432},message:"must be <= 33554432"}];
return false;
}
else {
if(data3 < 1 || isNaN(data3)){
validate32.errors = [{instancePath:instancePath+"/stored",schemaPath:"#/properties/stored/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.transform !== undefined){
let data4 = data.transform;
const _errs12 = errors;
if(typeof data4 !== "string"){
validate32.errors = [{instancePath:instancePath+"/transform",schemaPath:"#/properties/transform/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((data4 === "planes") || (data4 === "delta"))){
validate32.errors = [{instancePath:instancePath+"/transform",schemaPath:"#/properties/transform/enum",keyword:"enum",params:{allowedValues: schema73.properties.transform.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.base !== undefined){
let data5 = data.base;
const _errs14 = errors;
const _errs15 = errors;
if(errors === _errs15){
if(typeof data5 === "string"){
if(!pattern17.test(data5)){
validate32.errors = [{instancePath:instancePath+"/base",schemaPath:"#/$defs/Digest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate32.errors = [{instancePath:instancePath+"/base",schemaPath:"#/$defs/Digest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
else {
validate32.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate32.errors = vErrors;
return errors === 0;
}
validate32.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate31(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate31.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs1 = errors;
let valid0 = false;
let passing0 = null;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.segments === undefined) && (missing0 = "segments")){
const err0 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var _valid0 = _errs2 === errors;
if(_valid0){
valid0 = true;
passing0 = 0;
}
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if((data.layout === undefined) && (missing1 = "layout")){
const err1 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs3 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid0 = true;
passing0 = 1;
}
}
if(!valid0){
const err2 = {instancePath,schemaPath:"#/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
validate31.errors = vErrors;
return false;
}
else {
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing2;
if(((((data.path === undefined) && (missing2 = "path")) || ((data.size === undefined) && (missing2 = "size"))) || ((data.sha256 === undefined) && (missing2 = "sha256"))) || ((data.blake3 === undefined) && (missing2 = "blake3"))){
validate31.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs4 = errors;
for(const key0 in data){
if(!((((((((key0 === "path") || (key0 === "size")) || (key0 === "sha256")) || (key0 === "blake3")) || (key0 === "executable")) || (key0 === "segments")) || (key0 === "bases")) || (key0 === "layout"))){
validate31.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs4 === errors){
if(data.path !== undefined){
let data0 = data.path;
const _errs5 = errors;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data0 === "string"){
if(func2(data0) > 4096){
validate31.errors = [{instancePath:instancePath+"/path",schemaPath:"#/$defs/RelPath/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(func2(data0) < 1){
validate31.errors = [{instancePath:instancePath+"/path",schemaPath:"#/$defs/RelPath/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/path",schemaPath:"#/$defs/RelPath/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs5 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.size !== undefined){
let data1 = data.size;
const _errs8 = errors;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
validate31.errors = [{instancePath:instancePath+"/size",schemaPath:"#/properties/size/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs8){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 9007199254740991 || isNaN(data1)){
validate31.errors = [{instancePath:instancePath+"/size",schemaPath:"#/properties/size/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data1 < 0 || isNaN(data1)){
validate31.errors = [{instancePath:instancePath+"/size",schemaPath:"#/properties/size/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid1 = _errs8 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.sha256 !== undefined){
let data2 = data.sha256;
const _errs10 = errors;
const _errs11 = errors;
if(errors === _errs11){
if(typeof data2 === "string"){
if(!pattern17.test(data2)){
validate31.errors = [{instancePath:instancePath+"/sha256",schemaPath:"#/$defs/Digest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate31.errors = [{instancePath:instancePath+"/sha256",schemaPath:"#/$defs/Digest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs10 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.blake3 !== undefined){
let data3 = data.blake3;
const _errs13 = errors;
const _errs14 = errors;
if(errors === _errs14){
if(typeof data3 === "string"){
if(!pattern17.test(data3)){
validate31.errors = [{instancePath:instancePath+"/blake3",schemaPath:"#/$defs/Blake3/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate31.errors = [{instancePath:instancePath+"/blake3",schemaPath:"#/$defs/Blake3/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs13 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.executable !== undefined){
let data4 = data.executable;
const _errs16 = errors;
if(typeof data4 !== "boolean"){
validate31.errors = [{instancePath:instancePath+"/executable",schemaPath:"#/properties/executable/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
if(true !== data4){
validate31.errors = [{instancePath:instancePath+"/executable",schemaPath:"#/properties/executable/const",keyword:"const",params:{allowedValue: true},message:"must be equal to constant"}];
return false;
}
var valid1 = _errs16 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.segments !== undefined){
let data5 = data.segments;
const _errs18 = errors;
if(errors === _errs18){
if(Array.isArray(data5)){
if(data5.length > 64){
validate31.errors = [{instancePath:instancePath+"/segments",schemaPath:"#/properties/segments/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items"}];
return false;
}
else {
if(data5.length < 1){
validate31.errors = [{instancePath:instancePath+"/segments",schemaPath:"#/properties/segments/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid5 = true;
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
const _errs20 = errors;
if(!(validate32(data5[i0], {instancePath:instancePath+"/segments/" + i0,parentData:data5,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
var valid5 = _errs20 === errors;
if(!valid5){
break;
}
}
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/segments",schemaPath:"#/properties/segments/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid1 = _errs18 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.bases !== undefined){
let data7 = data.bases;
const _errs21 = errors;
if(errors === _errs21){
if(Array.isArray(data7)){
if(data7.length > 512){
validate31.errors = [{instancePath:instancePath+"/bases",schemaPath:"#/properties/bases/maxItems",keyword:"maxItems",params:{limit: 512},message:"must NOT have more than 512 items"}];
return false;
}
else {
if(data7.length < 1){
validate31.errors = [{instancePath:instancePath+"/bases",schemaPath:"#/properties/bases/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid6 = true;
const len1 = data7.length;
for(let i1=0; i1<len1; i1++){
const _errs23 = errors;
if(!(validate32(data7[i1], {instancePath:instancePath+"/bases/" + i1,parentData:data7,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
var valid6 = _errs23 === errors;
if(!valid6){
break;
}
}
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/bases",schemaPath:"#/properties/bases/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid1 = _errs21 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.layout !== undefined){
const _errs24 = errors;
if(!(validate32(data.layout, {instancePath:instancePath+"/layout",parentData:data,parentDataProperty:"layout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
var valid1 = _errs24 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
}
}
}
}
}
}
else {
validate31.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate31.errors = vErrors;
return errors === 0;
}
validate31.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:at1:schema:manifest:1" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate28.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((((((data.registry === undefined) && (missing0 = "registry")) || ((data.kind === undefined) && (missing0 = "kind"))) || ((data.name === undefined) && (missing0 = "name"))) || ((data.version === undefined) && (missing0 = "version"))) || ((data.created === undefined) && (missing0 = "created"))) || ((data.content === undefined) && (missing0 = "content"))) || ((data.form === undefined) && (missing0 = "form"))) || ((data.size === undefined) && (missing0 = "size"))) || ((data.files === undefined) && (missing0 = "files"))){
validate28.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema57.properties, key0))){
validate28.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.registry !== undefined){
let data0 = data.registry;
const _errs2 = errors;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data0 === "string"){
if(!pattern4.test(data0)){
validate28.errors = [{instancePath:instancePath+"/registry",schemaPath:"#/$defs/RegistryId/pattern",keyword:"pattern",params:{pattern: "^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},message:"must match pattern \""+"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"+"\""}];
return false;
}
}
else {
validate28.errors = [{instancePath:instancePath+"/registry",schemaPath:"#/$defs/RegistryId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.kind !== undefined){
let data1 = data.kind;
const _errs5 = errors;
if(typeof data1 !== "string"){
validate28.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/$defs/Kind/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((data1 === "model") || (data1 === "data")) || (data1 === "recipe"))){
validate28.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/$defs/Kind/enum",keyword:"enum",params:{allowedValues: schema59.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.name !== undefined){
let data2 = data.name;
const _errs8 = errors;
const _errs9 = errors;
if(errors === _errs9){
if(typeof data2 === "string"){
if(func2(data2) > 128){
validate28.errors = [{instancePath:instancePath+"/name",schemaPath:"#/$defs/ArtifactName/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(func2(data2) < 1){
validate28.errors = [{instancePath:instancePath+"/name",schemaPath:"#/$defs/ArtifactName/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/name",schemaPath:"#/$defs/ArtifactName/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.version !== undefined){
let data3 = data.version;
const _errs11 = errors;
const _errs12 = errors;
if(errors === _errs12){
if(typeof data3 === "string"){
if(func2(data3) > 128){
validate28.errors = [{instancePath:instancePath+"/version",schemaPath:"#/$defs/Version/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(func2(data3) < 5){
validate28.errors = [{instancePath:instancePath+"/version",schemaPath:"#/$defs/Version/minLength",keyword:"minLength",params:{limit: 5},message:"must NOT have fewer than 5 characters"}];
return false;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/version",schemaPath:"#/$defs/Version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.created !== undefined){
let data4 = data.created;
const _errs14 = errors;
const _errs15 = errors;
if(errors === _errs15){
if(typeof data4 === "string"){
if(!pattern9.test(data4)){
validate28.errors = [{instancePath:instancePath+"/created",schemaPath:"#/$defs/Timestamp/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"},message:"must match pattern \""+"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"+"\""}];
return false;
}
}
else {
validate28.errors = [{instancePath:instancePath+"/created",schemaPath:"#/$defs/Timestamp/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.content !== undefined){
let data5 = data.content;
const _errs17 = errors;
const _errs18 = errors;
if(errors === _errs18){
if(typeof data5 === "string"){
if(!pattern5.test(data5)){
validate28.errors = [{instancePath:instancePath+"/content",schemaPath:"#/$defs/PrefixedDigest/pattern",keyword:"pattern",params:{pattern: "^sha256:[0-9a-f]{64}$"},message:"must match pattern \""+"^sha256:[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate28.errors = [{instancePath:instancePath+"/content",schemaPath:"#/$defs/PrefixedDigest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs17 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.form !== undefined){
let data6 = data.form;
const _errs20 = errors;
if(typeof data6 !== "string"){
validate28.errors = [{instancePath:instancePath+"/form",schemaPath:"#/properties/form/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((data6 === "file") || (data6 === "tree"))){
validate28.errors = [{instancePath:instancePath+"/form",schemaPath:"#/properties/form/enum",keyword:"enum",params:{allowedValues: schema57.properties.form.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs20 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.size !== undefined){
let data7 = data.size;
const _errs22 = errors;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
validate28.errors = [{instancePath:instancePath+"/size",schemaPath:"#/properties/size/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs22){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 9007199254740991 || isNaN(data7)){
validate28.errors = [{instancePath:instancePath+"/size",schemaPath:"#/properties/size/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data7 < 0 || isNaN(data7)){
validate28.errors = [{instancePath:instancePath+"/size",schemaPath:"#/properties/size/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs22 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.description !== undefined){
let data8 = data.description;
const _errs24 = errors;
if(errors === _errs24){
if(typeof data8 === "string"){
if(func2(data8) > 4096){
validate28.errors = [{instancePath:instancePath+"/description",schemaPath:"#/properties/description/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(func2(data8) < 1){
validate28.errors = [{instancePath:instancePath+"/description",schemaPath:"#/properties/description/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs24 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.purpose !== undefined){
let data9 = data.purpose;
const _errs26 = errors;
if(errors === _errs26){
if(typeof data9 === "string"){
if(func2(data9) > 4096){
validate28.errors = [{instancePath:instancePath+"/purpose",schemaPath:"#/properties/purpose/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(func2(data9) < 1){
validate28.errors = [{instancePath:instancePath+"/purpose",schemaPath:"#/properties/purpose/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/purpose",schemaPath:"#/properties/purpose/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs26 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.license !== undefined){
let data10 = data.license;
const _errs28 = errors;
if(errors === _errs28){
if(typeof data10 === "string"){
if(!pattern26.test(data10)){
validate28.errors = [{instancePath:instancePath+"/license",schemaPath:"#/properties/license/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9.+-]{0,127}$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9.+-]{0,127}$"+"\""}];
return false;
}
}
else {
validate28.errors = [{instancePath:instancePath+"/license",schemaPath:"#/properties/license/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs28 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.directories !== undefined){
let data11 = data.directories;
const _errs30 = errors;
if(errors === _errs30){
if(Array.isArray(data11)){
if(data11.length > 100000){
validate28.errors = [{instancePath:instancePath+"/directories",schemaPath:"#/properties/directories/maxItems",keyword:"maxItems",params:{limit: 100000},message:"must NOT have more than 100000 items"}];
return false;
}
else {
if(data11.length < 1){
validate28.errors = [{instancePath:instancePath+"/directories",schemaPath:"#/properties/directories/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid7 = true;
const len0 = data11.length;
for(let i0=0; i0<len0; i0++){
let data12 = data11[i0];
const _errs32 = errors;
const _errs33 = errors;
if(errors === _errs33){
if(typeof data12 === "string"){
if(func2(data12) > 4096){
validate28.errors = [{instancePath:instancePath+"/directories/" + i0,schemaPath:"#/$defs/RelPath/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(func2(data12) < 1){
validate28.errors = [{instancePath:instancePath+"/directories/" + i0,schemaPath:"#/$defs/RelPath/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/directories/" + i0,schemaPath:"#/$defs/RelPath/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid7 = _errs32 === errors;
if(!valid7){
break;
}
}
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/directories",schemaPath:"#/properties/directories/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs30 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.metrics !== undefined){
let data13 = data.metrics;
const _errs35 = errors;
if(errors === _errs35){
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
if(Object.keys(data13).length > 1000){
validate28.errors = [{instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/maxProperties",keyword:"maxProperties",params:{limit: 1000},message:"must NOT have more than 1000 properties"}];
return false;
}
else {
if(Object.keys(data13).length < 1){
validate28.errors = [{instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"}];
return false;
}
else {
for(const key1 in data13){
const _errs37 = errors;
if(typeof key1 === "string"){
if(!pattern16.test(key1)){
const err0 = {instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9_./: @%+-]{0,127}$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9_./: @%+-]{0,127}$"+"\"",propertyName:key1};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var valid9 = _errs37 === errors;
if(!valid9){
const err1 = {instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
validate28.errors = vErrors;
return false;
break;
}
}
if(valid9){
for(const key2 in data13){
let data14 = data13[key2];
const _errs39 = errors;
if(!((typeof data14 == "number") && (isFinite(data14)))){
validate28.errors = [{instancePath:instancePath+"/metrics/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/metrics/additionalProperties/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
var valid10 = _errs39 === errors;
if(!valid10){
break;
}
}
}
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs35 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.lineage !== undefined){
let data15 = data.lineage;
const _errs41 = errors;
if(errors === _errs41){
if(Array.isArray(data15)){
if(data15.length > 256){
validate28.errors = [{instancePath:instancePath+"/lineage",schemaPath:"#/properties/lineage/maxItems",keyword:"maxItems",params:{limit: 256},message:"must NOT have more than 256 items"}];
return false;
}
else {
if(data15.length < 1){
validate28.errors = [{instancePath:instancePath+"/lineage",schemaPath:"#/properties/lineage/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid11 = true;
const len1 = data15.length;
for(let i1=0; i1<len1; i1++){
const _errs43 = errors;
if(!(validate29(data15[i1], {instancePath:instancePath+"/lineage/" + i1,parentData:data15,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
errors = vErrors.length;
}
var valid11 = _errs43 === errors;
if(!valid11){
break;
}
}
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/lineage",schemaPath:"#/properties/lineage/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs41 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.card !== undefined){
let data17 = data.card;
const _errs44 = errors;
const _errs45 = errors;
if(errors === _errs45){
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
let missing1;
if(((data17.format === undefined) && (missing1 = "format")) || ((data17.text === undefined) && (missing1 = "text"))){
validate28.errors = [{instancePath:instancePath+"/card",schemaPath:"#/$defs/Card/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs47 = errors;
for(const key3 in data17){
if(!((key3 === "format") || (key3 === "text"))){
validate28.errors = [{instancePath:instancePath+"/card",schemaPath:"#/$defs/Card/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs47 === errors){
if(data17.format !== undefined){
let data18 = data17.format;
const _errs48 = errors;
if(typeof data18 !== "string"){
validate28.errors = [{instancePath:instancePath+"/card/format",schemaPath:"#/$defs/Card/properties/format/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((data18 === "markdown") || (data18 === "toml"))){
validate28.errors = [{instancePath:instancePath+"/card/format",schemaPath:"#/$defs/Card/properties/format/enum",keyword:"enum",params:{allowedValues: schema68.properties.format.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid13 = _errs48 === errors;
}
else {
var valid13 = true;
}
if(valid13){
if(data17.text !== undefined){
let data19 = data17.text;
const _errs50 = errors;
if(errors === _errs50){
if(typeof data19 === "string"){
if(func2(data19) > 262144){
validate28.errors = [{instancePath:instancePath+"/card/text",schemaPath:"#/$defs/Card/properties/text/maxLength",keyword:"maxLength",params:{limit: 262144},message:"must NOT have more than 262144 characters"}];
return false;
}
}
else {
validate28.errors = [{instancePath:instancePath+"/card/text",schemaPath:"#/$defs/Card/properties/text/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid13 = _errs50 === errors;
}
else {
var valid13 = true;
}
}
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/card",schemaPath:"#/$defs/Card/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs44 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.files !== undefined){
let data20 = data.files;
const _errs52 = errors;
if(errors === _errs52){
if(Array.isArray(data20)){
if(data20.length > 100000){
validate28.errors = [{instancePath:instancePath+"/files",schemaPath:"#/properties/files/maxItems",keyword:"maxItems",params:{limit: 100000},message:"must NOT have more than 100000 items"}];
return false;
}
else {
if(data20.length < 1){
validate28.errors = [{instancePath:instancePath+"/files",schemaPath:"#/properties/files/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid14 = true;
const len2 = data20.length;
for(let i2=0; i2<len2; i2++){
const _errs54 = errors;
if(!(validate31(data20[i2], {instancePath:instancePath+"/files/" + i2,parentData:data20,parentDataProperty:i2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
var valid14 = _errs54 === errors;
if(!valid14){
break;
}
}
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/files",schemaPath:"#/properties/files/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs52 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate28.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate28.errors = vErrors;
return errors === 0;
}
validate28.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


const schema77 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:at1:schema:policy-tests:1","type":"object","additionalProperties":false,"required":["tests"],"properties":{"tests":{"type":"array","minItems":1,"maxItems":1000,"items":{"$ref":"#/$defs/PolicyTest"}}},"$defs":{"PolicyTest":{"type":"object","additionalProperties":false,"required":["name","who","action","allowed"],"properties":{"name":{"type":"string","minLength":1,"maxLength":256},"who":{"type":"array","maxItems":64,"items":{"type":"string","minLength":1,"maxLength":64}},"action":{"type":"string","minLength":1,"maxLength":128},"artifact":{"type":"string","minLength":1,"maxLength":256},"authors":{"type":"array","maxItems":64,"items":{"type":"string","minLength":1,"maxLength":64}},"allowed":{"type":"boolean"}}}}};
const schema78 = {"type":"object","additionalProperties":false,"required":["name","who","action","allowed"],"properties":{"name":{"type":"string","minLength":1,"maxLength":256},"who":{"type":"array","maxItems":64,"items":{"type":"string","minLength":1,"maxLength":64}},"action":{"type":"string","minLength":1,"maxLength":128},"artifact":{"type":"string","minLength":1,"maxLength":256},"authors":{"type":"array","maxItems":64,"items":{"type":"string","minLength":1,"maxLength":64}},"allowed":{"type":"boolean"}}};

function validate37(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:at1:schema:policy-tests:1" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate37.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.tests === undefined) && (missing0 = "tests")){
validate37.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(key0 === "tests")){
validate37.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.tests !== undefined){
let data0 = data.tests;
const _errs2 = errors;
if(errors === _errs2){
if(Array.isArray(data0)){
if(data0.length > 1000){
validate37.errors = [{instancePath:instancePath+"/tests",schemaPath:"#/properties/tests/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
if(data0.length < 1){
validate37.errors = [{instancePath:instancePath+"/tests",schemaPath:"#/properties/tests/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
const _errs4 = errors;
const _errs5 = errors;
if(errors === _errs5){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
let missing1;
if(((((data1.name === undefined) && (missing1 = "name")) || ((data1.who === undefined) && (missing1 = "who"))) || ((data1.action === undefined) && (missing1 = "action"))) || ((data1.allowed === undefined) && (missing1 = "allowed"))){
validate37.errors = [{instancePath:instancePath+"/tests/" + i0,schemaPath:"#/$defs/PolicyTest/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs7 = errors;
for(const key1 in data1){
if(!((((((key1 === "name") || (key1 === "who")) || (key1 === "action")) || (key1 === "artifact")) || (key1 === "authors")) || (key1 === "allowed"))){
validate37.errors = [{instancePath:instancePath+"/tests/" + i0,schemaPath:"#/$defs/PolicyTest/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs7 === errors){
if(data1.name !== undefined){
let data2 = data1.name;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data2 === "string"){
if(func2(data2) > 256){
validate37.errors = [{instancePath:instancePath+"/tests/" + i0+"/name",schemaPath:"#/$defs/PolicyTest/properties/name/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(func2(data2) < 1){
validate37.errors = [{instancePath:instancePath+"/tests/" + i0+"/name",schemaPath:"#/$defs/PolicyTest/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/tests/" + i0+"/name",schemaPath:"#/$defs/PolicyTest/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs8 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data1.who !== undefined){
let data3 = data1.who;
const _errs10 = errors;
if(errors === _errs10){
if(Array.isArray(data3)){
if(data3.length > 64){
validate37.errors = [{instancePath:instancePath+"/tests/" + i0+"/who",schemaPath:"#/$defs/PolicyTest/properties/who/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items"}];
return false;
}
else {
var valid4 = true;
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
let data4 = data3[i1];
const _errs12 = errors;
if(errors === _errs12){
if(typeof data4 === "string"){
if(func2(data4) > 64){
validate37.errors = [{instancePath:instancePath+"/tests/" + i0+"/who/" + i1,schemaPath:"#/$defs/PolicyTest/properties/who/items/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(func2(data4) < 1){
validate37.errors = [{instancePath:instancePath+"/tests/" + i0+"/who/" + i1,schemaPath:"#/$defs/PolicyTest/properties/who/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/tests/" + i0+"/who/" + i1,schemaPath:"#/$defs/PolicyTest/properties/who/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid4 = _errs12 === errors;
if(!valid4){
break;
}
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/tests/" + i0+"/who",schemaPath:"#/$defs/PolicyTest/properties/who/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid3 = _errs10 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data1.action !== undefined){
let data5 = data1.action;
const _errs14 = errors;
if(errors === _errs14){
if(typeof data5 === "string"){
if(func2(data5) > 128){
validate37.errors = [{instancePath:instancePath+"/tests/" + i0+"/action",schemaPath:"#/$defs/PolicyTest/properties/action/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(func2(data5) < 1){
validate37.errors = [{instancePath:instancePath+"/tests/" + i0+"/action",schemaPath:"#/$defs/PolicyTest/properties/action/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/tests/" + i0+"/action",schemaPath:"#/$defs/PolicyTest/properties/action/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs14 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data1.artifact !== undefined){
let data6 = data1.artifact;
const _errs16 = errors;
if(errors === _errs16){
if(typeof data6 === "string"){
if(func2(data6) > 256){
validate37.errors = [{instancePath:instancePath+"/tests/" + i0+"/artifact",schemaPath:"#/$defs/PolicyTest/properties/artifact/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(func2(data6) < 1){
validate37.errors = [{instancePath:instancePath+"/tests/" + i0+"/artifact",schemaPath:"#/$defs/PolicyTest/properties/artifact/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/tests/" + i0+"/artifact",schemaPath:"#/$defs/PolicyTest/properties/artifact/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs16 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data1.authors !== undefined){
let data7 = data1.authors;
const _errs18 = errors;
if(errors === _errs18){
if(Array.isArray(data7)){
if(data7.length > 64){
validate37.errors = [{instancePath:instancePath+"/tests/" + i0+"/authors",schemaPath:"#/$defs/PolicyTest/properties/authors/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items"}];
return false;
}
else {
var valid5 = true;
const len2 = data7.length;
for(let i2=0; i2<len2; i2++){
let data8 = data7[i2];
const _errs20 = errors;
if(errors === _errs20){
if(typeof data8 === "string"){
if(func2(data8) > 64){
validate37.errors = [{instancePath:instancePath+"/tests/" + i0+"/authors/" + i2,schemaPath:"#/$defs/PolicyTest/properties/authors/items/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(func2(data8) < 1){
validate37.errors = [{instancePath:instancePath+"/tests/" + i0+"/authors/" + i2,schemaPath:"#/$defs/PolicyTest/properties/authors/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/tests/" + i0+"/authors/" + i2,schemaPath:"#/$defs/PolicyTest/properties/authors/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid5 = _errs20 === errors;
if(!valid5){
break;
}
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/tests/" + i0+"/authors",schemaPath:"#/$defs/PolicyTest/properties/authors/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid3 = _errs18 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data1.allowed !== undefined){
const _errs22 = errors;
if(typeof data1.allowed !== "boolean"){
validate37.errors = [{instancePath:instancePath+"/tests/" + i0+"/allowed",schemaPath:"#/$defs/PolicyTest/properties/allowed/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid3 = _errs22 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
}
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/tests/" + i0,schemaPath:"#/$defs/PolicyTest/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid1 = _errs4 === errors;
if(!valid1){
break;
}
}
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/tests",schemaPath:"#/properties/tests/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
}
}
}
}
else {
validate37.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate37.errors = vErrors;
return errors === 0;
}
validate37.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


const schema79 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:at1:schema:policy:1","type":"object","additionalProperties":false,"required":["registry","version","principals","roles","rules"],"properties":{"registry":{"$ref":"#/$defs/RegistryId"},"version":{"type":"integer","minimum":1,"maximum":9007199254740991},"previous":{"$ref":"#/$defs/PrefixedDigest"},"principals":{"type":"object","minProperties":1,"maxProperties":1000,"additionalProperties":{"$ref":"#/$defs/PolicyPrincipal"}},"roles":{"type":"object","minProperties":1,"maxProperties":1000,"additionalProperties":{"$ref":"#/$defs/RoleMembers"}},"rules":{"type":"array","minItems":1,"maxItems":1000,"items":{"$ref":"#/$defs/PolicyRule"}},"bars":{"type":"array","minItems":1,"maxItems":1000,"items":{"$ref":"#/$defs/PolicyBar"}},"gate":{"$ref":"#/$defs/GateDemands"},"revoked":{"type":"array","minItems":1,"maxItems":1000,"items":{"$ref":"#/$defs/RevokedKey"}}},"$defs":{"RegistryId":{"type":"string","pattern":"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},"PrefixedDigest":{"type":"string","pattern":"^sha256:[0-9a-f]{64}$"},"RoleMembers":{"type":"array","minItems":1,"maxItems":1000,"items":{"type":"string","maxLength":64}},"PolicyPrincipal":{"type":"object","additionalProperties":false,"required":["keys"],"properties":{"name":{"type":"string","minLength":1,"maxLength":256},"keys":{"type":"array","minItems":1,"maxItems":100,"items":{"type":"string","minLength":1,"maxLength":1024}}}},"PolicyRule":{"type":"object","additionalProperties":false,"required":["artifacts","actions","role","threshold"],"properties":{"artifacts":{"type":"array","minItems":1,"maxItems":1000,"items":{"type":"string","minLength":1,"maxLength":256}},"actions":{"type":"array","minItems":1,"maxItems":100,"items":{"type":"string","minLength":1,"maxLength":64}},"role":{"type":"string","minLength":1,"maxLength":64},"threshold":{"type":"integer","minimum":1,"maximum":16},"separate_author":{"type":"boolean"},"evidence":{"type":"array","minItems":1,"maxItems":32,"items":{"$ref":"#/$defs/RequiredEvidence"}},"metrics":{"type":"array","minItems":1,"maxItems":32,"items":{"type":"string","minLength":1,"maxLength":256}},"regressions":{"type":"array","minItems":1,"maxItems":32,"items":{"$ref":"#/$defs/Regression"}},"licenses":{"type":"array","minItems":1,"maxItems":256,"items":{"type":"string","minLength":1,"maxLength":128}},"pickle":{"type":"string","enum":["refuse"]},"lineage":{"type":"string","enum":["complete"]}}},"RequiredEvidence":{"type":"object","additionalProperties":false,"required":["type"],"properties":{"type":{"type":"string","minLength":1,"maxLength":64},"role":{"type":"string","minLength":1,"maxLength":64},"threshold":{"type":"integer","minimum":1,"maximum":16},"max_age_days":{"type":"integer","minimum":1,"maximum":36500},"suite":{"type":"string","pattern":"^sha256:[0-9a-f]{64}$"}}},"Regression":{"type":"object","additionalProperties":false,"required":["metric","better","by"],"properties":{"metric":{"type":"string","minLength":1,"maxLength":128},"better":{"type":"string","enum":["higher","lower"]},"by":{"type":"string","minLength":1,"maxLength":64}}},"PolicyBar":{"type":"object","additionalProperties":false,"required":["artifacts","stage","metric"],"properties":{"artifacts":{"type":"array","minItems":1,"maxItems":1000,"items":{"type":"string","minLength":1,"maxLength":256}},"stage":{"type":"string","minLength":1,"maxLength":64},"metric":{"type":"string","minLength":1,"maxLength":256}}},"GateDemands":{"type":"object","additionalProperties":false,"required":["objects"],"properties":{"objects":{"type":"string","enum":["decode","present","skip"]}}},"RevokedKey":{"type":"object","additionalProperties":false,"required":["key","cutoff"],"properties":{"key":{"type":"string","minLength":1,"maxLength":1024},"cutoff":{"type":"string","pattern":"^[0-9a-f]{40}$"},"reason":{"type":"string","minLength":1,"maxLength":1024}}}}};
const schema80 = {"type":"string","pattern":"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"};
const schema81 = {"type":"string","pattern":"^sha256:[0-9a-f]{64}$"};
const schema82 = {"type":"object","additionalProperties":false,"required":["keys"],"properties":{"name":{"type":"string","minLength":1,"maxLength":256},"keys":{"type":"array","minItems":1,"maxItems":100,"items":{"type":"string","minLength":1,"maxLength":1024}}}};
const schema83 = {"type":"array","minItems":1,"maxItems":1000,"items":{"type":"string","maxLength":64}};
const schema87 = {"type":"object","additionalProperties":false,"required":["artifacts","stage","metric"],"properties":{"artifacts":{"type":"array","minItems":1,"maxItems":1000,"items":{"type":"string","minLength":1,"maxLength":256}},"stage":{"type":"string","minLength":1,"maxLength":64},"metric":{"type":"string","minLength":1,"maxLength":256}}};
const schema88 = {"type":"object","additionalProperties":false,"required":["objects"],"properties":{"objects":{"type":"string","enum":["decode","present","skip"]}}};
const schema89 = {"type":"object","additionalProperties":false,"required":["key","cutoff"],"properties":{"key":{"type":"string","minLength":1,"maxLength":1024},"cutoff":{"type":"string","pattern":"^[0-9a-f]{40}$"},"reason":{"type":"string","minLength":1,"maxLength":1024}}};
const pattern39 = new RegExp("^[0-9a-f]{40}$", "u");
const schema84 = {"type":"object","additionalProperties":false,"required":["artifacts","actions","role","threshold"],"properties":{"artifacts":{"type":"array","minItems":1,"maxItems":1000,"items":{"type":"string","minLength":1,"maxLength":256}},"actions":{"type":"array","minItems":1,"maxItems":100,"items":{"type":"string","minLength":1,"maxLength":64}},"role":{"type":"string","minLength":1,"maxLength":64},"threshold":{"type":"integer","minimum":1,"maximum":16},"separate_author":{"type":"boolean"},"evidence":{"type":"array","minItems":1,"maxItems":32,"items":{"$ref":"#/$defs/RequiredEvidence"}},"metrics":{"type":"array","minItems":1,"maxItems":32,"items":{"type":"string","minLength":1,"maxLength":256}},"regressions":{"type":"array","minItems":1,"maxItems":32,"items":{"$ref":"#/$defs/Regression"}},"licenses":{"type":"array","minItems":1,"maxItems":256,"items":{"type":"string","minLength":1,"maxLength":128}},"pickle":{"type":"string","enum":["refuse"]},"lineage":{"type":"string","enum":["complete"]}}};
const schema85 = {"type":"object","additionalProperties":false,"required":["type"],"properties":{"type":{"type":"string","minLength":1,"maxLength":64},"role":{"type":"string","minLength":1,"maxLength":64},"threshold":{"type":"integer","minimum":1,"maximum":16},"max_age_days":{"type":"integer","minimum":1,"maximum":36500},"suite":{"type":"string","pattern":"^sha256:[0-9a-f]{64}$"}}};
const schema86 = {"type":"object","additionalProperties":false,"required":["metric","better","by"],"properties":{"metric":{"type":"string","minLength":1,"maxLength":128},"better":{"type":"string","enum":["higher","lower"]},"by":{"type":"string","minLength":1,"maxLength":64}}};

function validate39(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate39.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.artifacts === undefined) && (missing0 = "artifacts")) || ((data.actions === undefined) && (missing0 = "actions"))) || ((data.role === undefined) && (missing0 = "role"))) || ((data.threshold === undefined) && (missing0 = "threshold"))){
validate39.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema84.properties, key0))){
validate39.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.artifacts !== undefined){
let data0 = data.artifacts;
const _errs2 = errors;
if(errors === _errs2){
if(Array.isArray(data0)){
if(data0.length > 1000){
validate39.errors = [{instancePath:instancePath+"/artifacts",schemaPath:"#/properties/artifacts/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
if(data0.length < 1){
validate39.errors = [{instancePath:instancePath+"/artifacts",schemaPath:"#/properties/artifacts/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(func2(data1) > 256){
validate39.errors = [{instancePath:instancePath+"/artifacts/" + i0,schemaPath:"#/properties/artifacts/items/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(func2(data1) < 1){
validate39.errors = [{instancePath:instancePath+"/artifacts/" + i0,schemaPath:"#/properties/artifacts/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/artifacts/" + i0,schemaPath:"#/properties/artifacts/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs4 === errors;
if(!valid1){
break;
}
}
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/artifacts",schemaPath:"#/properties/artifacts/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.actions !== undefined){
let data2 = data.actions;
const _errs6 = errors;
if(errors === _errs6){
if(Array.isArray(data2)){
if(data2.length > 100){
validate39.errors = [{instancePath:instancePath+"/actions",schemaPath:"#/properties/actions/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"}];
return false;
}
else {
if(data2.length < 1){
validate39.errors = [{instancePath:instancePath+"/actions",schemaPath:"#/properties/actions/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid2 = true;
const len1 = data2.length;
for(let i1=0; i1<len1; i1++){
let data3 = data2[i1];
const _errs8 = errors;
if(errors === _errs8){
if(typeof data3 === "string"){
if(func2(data3) > 64){
validate39.errors = [{instancePath:instancePath+"/actions/" + i1,schemaPath:"#/properties/actions/items/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(func2(data3) < 1){
validate39.errors = [{instancePath:instancePath+"/actions/" + i1,schemaPath:"#/properties/actions/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/actions/" + i1,schemaPath:"#/properties/actions/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs8 === errors;
if(!valid2){
break;
}
}
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/actions",schemaPath:"#/properties/actions/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.role !== undefined){
let data4 = data.role;
const _errs10 = errors;
if(errors === _errs10){
if(typeof data4 === "string"){
if(func2(data4) > 64){
validate39.errors = [{instancePath:instancePath+"/role",schemaPath:"#/properties/role/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(func2(data4) < 1){
validate39.errors = [{instancePath:instancePath+"/role",schemaPath:"#/properties/role/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/role",schemaPath:"#/properties/role/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.threshold !== undefined){
let data5 = data.threshold;
const _errs12 = errors;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
validate39.errors = [{instancePath:instancePath+"/threshold",schemaPath:"#/properties/threshold/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs12){
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 16 || isNaN(data5)){
validate39.errors = [{instancePath:instancePath+"/threshold",schemaPath:"#/properties/threshold/maximum",keyword:"maximum",params:{comparison: "<=", limit: 16},message:"must be <= 16"}];
return false;
}
else {
if(data5 < 1 || isNaN(data5)){
validate39.errors = [{instancePath:instancePath+"/threshold",schemaPath:"#/properties/threshold/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.separate_author !== undefined){
const _errs14 = errors;
if(typeof data.separate_author !== "boolean"){
validate39.errors = [{instancePath:instancePath+"/separate_author",schemaPath:"#/properties/separate_author/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.evidence !== undefined){
let data7 = data.evidence;
const _errs16 = errors;
if(errors === _errs16){
if(Array.isArray(data7)){
if(data7.length > 32){
validate39.errors = [{instancePath:instancePath+"/evidence",schemaPath:"#/properties/evidence/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items"}];
return false;
}
else {
if(data7.length < 1){
validate39.errors = [{instancePath:instancePath+"/evidence",schemaPath:"#/properties/evidence/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid3 = true;
const len2 = data7.length;
for(let i2=0; i2<len2; i2++){
let data8 = data7[i2];
const _errs18 = errors;
const _errs19 = errors;
if(errors === _errs19){
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
let missing1;
if((data8.type === undefined) && (missing1 = "type")){
validate39.errors = [{instancePath:instancePath+"/evidence/" + i2,schemaPath:"#/$defs/RequiredEvidence/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs21 = errors;
for(const key1 in data8){
if(!(((((key1 === "type") || (key1 === "role")) || (key1 === "threshold")) || (key1 === "max_age_days")) || (key1 === "suite"))){
validate39.errors = [{instancePath:instancePath+"/evidence/" + i2,schemaPath:"#/$defs/RequiredEvidence/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs21 === errors){
if(data8.type !== undefined){
let data9 = data8.type;
const _errs22 = errors;
if(errors === _errs22){
if(typeof data9 === "string"){
if(func2(data9) > 64){
validate39.errors = [{instancePath:instancePath+"/evidence/" + i2+"/type",schemaPath:"#/$defs/RequiredEvidence/properties/type/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(func2(data9) < 1){
validate39.errors = [{instancePath:instancePath+"/evidence/" + i2+"/type",schemaPath:"#/$defs/RequiredEvidence/properties/type/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/evidence/" + i2+"/type",schemaPath:"#/$defs/RequiredEvidence/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid5 = _errs22 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data8.role !== undefined){
let data10 = data8.role;
const _errs24 = errors;
if(errors === _errs24){
if(typeof data10 === "string"){
if(func2(data10) > 64){
validate39.errors = [{instancePath:instancePath+"/evidence/" + i2+"/role",schemaPath:"#/$defs/RequiredEvidence/properties/role/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(func2(data10) < 1){
validate39.errors = [{instancePath:instancePath+"/evidence/" + i2+"/role",schemaPath:"#/$defs/RequiredEvidence/properties/role/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/evidence/" + i2+"/role",schemaPath:"#/$defs/RequiredEvidence/properties/role/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid5 = _errs24 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data8.threshold !== undefined){
let data11 = data8.threshold;
const _errs26 = errors;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
validate39.errors = [{instancePath:instancePath+"/evidence/" + i2+"/threshold",schemaPath:"#/$defs/RequiredEvidence/properties/threshold/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs26){
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 > 16 || isNaN(data11)){
validate39.errors = [{instancePath:instancePath+"/evidence/" + i2+"/threshold",schemaPath:"#/$defs/RequiredEvidence/properties/threshold/maximum",keyword:"maximum",params:{comparison: "<=", limit: 16},message:"must be <= 16"}];
return false;
}
else {
if(data11 < 1 || isNaN(data11)){
validate39.errors = [{instancePath:instancePath+"/evidence/" + i2+"/threshold",schemaPath:"#/$defs/RequiredEvidence/properties/threshold/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid5 = _errs26 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data8.max_age_days !== undefined){
let data12 = data8.max_age_days;
const _errs28 = errors;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
validate39.errors = [{instancePath:instancePath+"/evidence/" + i2+"/max_age_days",schemaPath:"#/$defs/RequiredEvidence/properties/max_age_days/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs28){
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 36500 || isNaN(data12)){
validate39.errors = [{instancePath:instancePath+"/evidence/" + i2+"/max_age_days",schemaPath:"#/$defs/RequiredEvidence/properties/max_age_days/maximum",keyword:"maximum",params:{comparison: "<=", limit: 36500},message:"must be <= 36500"}];
return false;
}
else {
if(data12 < 1 || isNaN(data12)){
validate39.errors = [{instancePath:instancePath+"/evidence/" + i2+"/max_age_days",schemaPath:"#/$defs/RequiredEvidence/properties/max_age_days/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid5 = _errs28 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data8.suite !== undefined){
let data13 = data8.suite;
const _errs30 = errors;
if(errors === _errs30){
if(typeof data13 === "string"){
if(!pattern5.test(data13)){
validate39.errors = [{instancePath:instancePath+"/evidence/" + i2+"/suite",schemaPath:"#/$defs/RequiredEvidence/properties/suite/pattern",keyword:"pattern",params:{pattern: "^sha256:[0-9a-f]{64}$"},message:"must match pattern \""+"^sha256:[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate39.errors = [{instancePath:instancePath+"/evidence/" + i2+"/suite",schemaPath:"#/$defs/RequiredEvidence/properties/suite/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid5 = _errs30 === errors;
}
else {
var valid5 = true;
}
}
}
}
}
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/evidence/" + i2,schemaPath:"#/$defs/RequiredEvidence/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid3 = _errs18 === errors;
if(!valid3){
break;
}
}
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/evidence",schemaPath:"#/properties/evidence/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.metrics !== undefined){
let data14 = data.metrics;
const _errs32 = errors;
if(errors === _errs32){
if(Array.isArray(data14)){
if(data14.length > 32){
validate39.errors = [{instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items"}];
return false;
}
else {
if(data14.length < 1){
validate39.errors = [{instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid6 = true;
const len3 = data14.length;
for(let i3=0; i3<len3; i3++){
let data15 = data14[i3];
const _errs34 = errors;
if(errors === _errs34){
if(typeof data15 === "string"){
if(func2(data15) > 256){
validate39.errors = [{instancePath:instancePath+"/metrics/" + i3,schemaPath:"#/properties/metrics/items/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(func2(data15) < 1){
validate39.errors = [{instancePath:instancePath+"/metrics/" + i3,schemaPath:"#/properties/metrics/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/metrics/" + i3,schemaPath:"#/properties/metrics/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid6 = _errs34 === errors;
if(!valid6){
break;
}
}
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs32 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.regressions !== undefined){
let data16 = data.regressions;
const _errs36 = errors;
if(errors === _errs36){
if(Array.isArray(data16)){
if(data16.length > 32){
validate39.errors = [{instancePath:instancePath+"/regressions",schemaPath:"#/properties/regressions/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items"}];
return false;
}
else {
if(data16.length < 1){
validate39.errors = [{instancePath:instancePath+"/regressions",schemaPath:"#/properties/regressions/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid7 = true;
const len4 = data16.length;
for(let i4=0; i4<len4; i4++){
let data17 = data16[i4];
const _errs38 = errors;
const _errs39 = errors;
if(errors === _errs39){
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
let missing2;
if((((data17.metric === undefined) && (missing2 = "metric")) || ((data17.better === undefined) && (missing2 = "better"))) || ((data17.by === undefined) && (missing2 = "by"))){
validate39.errors = [{instancePath:instancePath+"/regressions/" + i4,schemaPath:"#/$defs/Regression/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs41 = errors;
for(const key2 in data17){
if(!(((key2 === "metric") || (key2 === "better")) || (key2 === "by"))){
validate39.errors = [{instancePath:instancePath+"/regressions/" + i4,schemaPath:"#/$defs/Regression/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs41 === errors){
if(data17.metric !== undefined){
let data18 = data17.metric;
const _errs42 = errors;
if(errors === _errs42){
if(typeof data18 === "string"){
if(func2(data18) > 128){
validate39.errors = [{instancePath:instancePath+"/regressions/" + i4+"/metric",schemaPath:"#/$defs/Regression/properties/metric/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(func2(data18) < 1){
validate39.errors = [{instancePath:instancePath+"/regressions/" + i4+"/metric",schemaPath:"#/$defs/Regression/properties/metric/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/regressions/" + i4+"/metric",schemaPath:"#/$defs/Regression/properties/metric/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid9 = _errs42 === errors;
}
else {
var valid9 = true;
}
if(valid9){
if(data17.better !== undefined){
let data19 = data17.better;
const _errs44 = errors;
if(typeof data19 !== "string"){
validate39.errors = [{instancePath:instancePath+"/regressions/" + i4+"/better",schemaPath:"#/$defs/Regression/properties/better/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((data19 === "higher") || (data19 === "lower"))){
validate39.errors = [{instancePath:instancePath+"/regressions/" + i4+"/better",schemaPath:"#/$defs/Regression/properties/better/enum",keyword:"enum",params:{allowedValues: schema86.properties.better.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid9 = _errs44 === errors;
}
else {
var valid9 = true;
}
if(valid9){
if(data17.by !== undefined){
let data20 = data17.by;
const _errs46 = errors;
if(errors === _errs46){
if(typeof data20 === "string"){
if(func2(data20) > 64){
validate39.errors = [{instancePath:instancePath+"/regressions/" + i4+"/by",schemaPath:"#/$defs/Regression/properties/by/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(func2(data20) < 1){
validate39.errors = [{instancePath:instancePath+"/regressions/" + i4+"/by",schemaPath:"#/$defs/Regression/properties/by/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/regressions/" + i4+"/by",schemaPath:"#/$defs/Regression/properties/by/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid9 = _errs46 === errors;
}
else {
var valid9 = true;
}
}
}
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/regressions/" + i4,schemaPath:"#/$defs/Regression/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid7 = _errs38 === errors;
if(!valid7){
break;
}
}
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/regressions",schemaPath:"#/properties/regressions/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs36 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.licenses !== undefined){
let data21 = data.licenses;
const _errs48 = errors;
if(errors === _errs48){
if(Array.isArray(data21)){
if(data21.length > 256){
validate39.errors = [{instancePath:instancePath+"/licenses",schemaPath:"#/properties/licenses/maxItems",keyword:"maxItems",params:{limit: 256},message:"must NOT have more than 256 items"}];
return false;
}
else {
if(data21.length < 1){
validate39.errors = [{instancePath:instancePath+"/licenses",schemaPath:"#/properties/licenses/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid10 = true;
const len5 = data21.length;
for(let i5=0; i5<len5; i5++){
let data22 = data21[i5];
const _errs50 = errors;
if(errors === _errs50){
if(typeof data22 === "string"){
if(func2(data22) > 128){
validate39.errors = [{instancePath:instancePath+"/licenses/" + i5,schemaPath:"#/properties/licenses/items/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(func2(data22) < 1){
validate39.errors = [{instancePath:instancePath+"/licenses/" + i5,schemaPath:"#/properties/licenses/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/licenses/" + i5,schemaPath:"#/properties/licenses/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid10 = _errs50 === errors;
if(!valid10){
break;
}
}
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/licenses",schemaPath:"#/properties/licenses/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs48 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.pickle !== undefined){
let data23 = data.pickle;
const _errs52 = errors;
if(typeof data23 !== "string"){
validate39.errors = [{instancePath:instancePath+"/pickle",schemaPath:"#/properties/pickle/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(data23 === "refuse")){
validate39.errors = [{instancePath:instancePath+"/pickle",schemaPath:"#/properties/pickle/enum",keyword:"enum",params:{allowedValues: schema84.properties.pickle.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs52 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.lineage !== undefined){
let data24 = data.lineage;
const _errs54 = errors;
if(typeof data24 !== "string"){
validate39.errors = [{instancePath:instancePath+"/lineage",schemaPath:"#/properties/lineage/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(data24 === "complete")){
validate39.errors = [{instancePath:instancePath+"/lineage",schemaPath:"#/properties/lineage/enum",keyword:"enum",params:{allowedValues: schema84.properties.lineage.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs54 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate39.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate39.errors = vErrors;
return errors === 0;
}
validate39.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate38(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:at1:schema:policy:1" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate38.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((data.registry === undefined) && (missing0 = "registry")) || ((data.version === undefined) && (missing0 = "version"))) || ((data.principals === undefined) && (missing0 = "principals"))) || ((data.roles === undefined) && (missing0 = "roles"))) || ((data.rules === undefined) && (missing0 = "rules"))){
validate38.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema79.properties, key0))){
validate38.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.registry !== undefined){
let data0 = data.registry;
const _errs2 = errors;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data0 === "string"){
if(!pattern4.test(data0)){
validate38.errors = [{instancePath:instancePath+"/registry",schemaPath:"#/$defs/RegistryId/pattern",keyword:"pattern",params:{pattern: "^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},message:"must match pattern \""+"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"+"\""}];
return false;
}
}
else {
validate38.errors = [{instancePath:instancePath+"/registry",schemaPath:"#/$defs/RegistryId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.version !== undefined){
let data1 = data.version;
const _errs5 = errors;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
validate38.errors = [{instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs5){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 9007199254740991 || isNaN(data1)){
validate38.errors = [{instancePath:instancePath+"/version",schemaPath:"#/properties/version/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data1 < 1 || isNaN(data1)){
validate38.errors = [{instancePath:instancePath+"/version",schemaPath:"#/properties/version/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.previous !== undefined){
let data2 = data.previous;
const _errs7 = errors;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data2 === "string"){
if(!pattern5.test(data2)){
validate38.errors = [{instancePath:instancePath+"/previous",schemaPath:"#/$defs/PrefixedDigest/pattern",keyword:"pattern",params:{pattern: "^sha256:[0-9a-f]{64}$"},message:"must match pattern \""+"^sha256:[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate38.errors = [{instancePath:instancePath+"/previous",schemaPath:"#/$defs/PrefixedDigest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.principals !== undefined){
let data3 = data.principals;
const _errs10 = errors;
if(errors === _errs10){
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(Object.keys(data3).length > 1000){
validate38.errors = [{instancePath:instancePath+"/principals",schemaPath:"#/properties/principals/maxProperties",keyword:"maxProperties",params:{limit: 1000},message:"must NOT have more than 1000 properties"}];
return false;
}
else {
if(Object.keys(data3).length < 1){
validate38.errors = [{instancePath:instancePath+"/principals",schemaPath:"#/properties/principals/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"}];
return false;
}
else {
for(const key1 in data3){
let data4 = data3[key1];
const _errs13 = errors;
const _errs14 = errors;
if(errors === _errs14){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
let missing1;
if((data4.keys === undefined) && (missing1 = "keys")){
validate38.errors = [{instancePath:instancePath+"/principals/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/PolicyPrincipal/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs16 = errors;
for(const key2 in data4){
if(!((key2 === "name") || (key2 === "keys"))){
validate38.errors = [{instancePath:instancePath+"/principals/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/PolicyPrincipal/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs16 === errors){
if(data4.name !== undefined){
let data5 = data4.name;
const _errs17 = errors;
if(errors === _errs17){
if(typeof data5 === "string"){
if(func2(data5) > 256){
validate38.errors = [{instancePath:instancePath+"/principals/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/name",schemaPath:"#/$defs/PolicyPrincipal/properties/name/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(func2(data5) < 1){
validate38.errors = [{instancePath:instancePath+"/principals/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/name",schemaPath:"#/$defs/PolicyPrincipal/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/principals/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/name",schemaPath:"#/$defs/PolicyPrincipal/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid5 = _errs17 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data4.keys !== undefined){
let data6 = data4.keys;
const _errs19 = errors;
if(errors === _errs19){
if(Array.isArray(data6)){
if(data6.length > 100){
validate38.errors = [{instancePath:instancePath+"/principals/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/keys",schemaPath:"#/$defs/PolicyPrincipal/properties/keys/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"}];
return false;
}
else {
if(data6.length < 1){
validate38.errors = [{instancePath:instancePath+"/principals/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/keys",schemaPath:"#/$defs/PolicyPrincipal/properties/keys/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid6 = true;
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
const _errs21 = errors;
if(errors === _errs21){
if(typeof data7 === "string"){
if(func2(data7) > 1024){
validate38.errors = [{instancePath:instancePath+"/principals/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/keys/" + i0,schemaPath:"#/$defs/PolicyPrincipal/properties/keys/items/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(func2(data7) < 1){
validate38.errors = [{instancePath:instancePath+"/principals/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/keys/" + i0,schemaPath:"#/$defs/PolicyPrincipal/properties/keys/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/principals/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/keys/" + i0,schemaPath:"#/$defs/PolicyPrincipal/properties/keys/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid6 = _errs21 === errors;
if(!valid6){
break;
}
}
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/principals/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/keys",schemaPath:"#/$defs/PolicyPrincipal/properties/keys/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid5 = _errs19 === errors;
}
else {
var valid5 = true;
}
}
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/principals/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/PolicyPrincipal/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid3 = _errs13 === errors;
if(!valid3){
break;
}
}
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/principals",schemaPath:"#/properties/principals/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.roles !== undefined){
let data8 = data.roles;
const _errs23 = errors;
if(errors === _errs23){
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(Object.keys(data8).length > 1000){
validate38.errors = [{instancePath:instancePath+"/roles",schemaPath:"#/properties/roles/maxProperties",keyword:"maxProperties",params:{limit: 1000},message:"must NOT have more than 1000 properties"}];
return false;
}
else {
if(Object.keys(data8).length < 1){
validate38.errors = [{instancePath:instancePath+"/roles",schemaPath:"#/properties/roles/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"}];
return false;
}
else {
for(const key3 in data8){
let data9 = data8[key3];
const _errs26 = errors;
const _errs27 = errors;
if(errors === _errs27){
if(Array.isArray(data9)){
if(data9.length > 1000){
validate38.errors = [{instancePath:instancePath+"/roles/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/RoleMembers/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
if(data9.length < 1){
validate38.errors = [{instancePath:instancePath+"/roles/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/RoleMembers/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid9 = true;
const len1 = data9.length;
for(let i1=0; i1<len1; i1++){
let data10 = data9[i1];
const _errs29 = errors;
if(errors === _errs29){
if(typeof data10 === "string"){
if(func2(data10) > 64){
validate38.errors = [{instancePath:instancePath+"/roles/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i1,schemaPath:"#/$defs/RoleMembers/items/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
}
else {
validate38.errors = [{instancePath:instancePath+"/roles/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i1,schemaPath:"#/$defs/RoleMembers/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid9 = _errs29 === errors;
if(!valid9){
break;
}
}
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/roles/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/RoleMembers/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid7 = _errs26 === errors;
if(!valid7){
break;
}
}
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/roles",schemaPath:"#/properties/roles/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs23 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.rules !== undefined){
let data11 = data.rules;
const _errs31 = errors;
if(errors === _errs31){
if(Array.isArray(data11)){
if(data11.length > 1000){
validate38.errors = [{instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
if(data11.length < 1){
validate38.errors = [{instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid10 = true;
const len2 = data11.length;
for(let i2=0; i2<len2; i2++){
const _errs33 = errors;
if(!(validate39(data11[i2], {instancePath:instancePath+"/rules/" + i2,parentData:data11,parentDataProperty:i2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate39.errors : vErrors.concat(validate39.errors);
errors = vErrors.length;
}
var valid10 = _errs33 === errors;
if(!valid10){
break;
}
}
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs31 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.bars !== undefined){
let data13 = data.bars;
const _errs34 = errors;
if(errors === _errs34){
if(Array.isArray(data13)){
if(data13.length > 1000){
validate38.errors = [{instancePath:instancePath+"/bars",schemaPath:"#/properties/bars/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
if(data13.length < 1){
validate38.errors = [{instancePath:instancePath+"/bars",schemaPath:"#/properties/bars/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid11 = true;
const len3 = data13.length;
for(let i3=0; i3<len3; i3++){
let data14 = data13[i3];
const _errs36 = errors;
const _errs37 = errors;
if(errors === _errs37){
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
let missing2;
if((((data14.artifacts === undefined) && (missing2 = "artifacts")) || ((data14.stage === undefined) && (missing2 = "stage"))) || ((data14.metric === undefined) && (missing2 = "metric"))){
validate38.errors = [{instancePath:instancePath+"/bars/" + i3,schemaPath:"#/$defs/PolicyBar/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs39 = errors;
for(const key4 in data14){
if(!(((key4 === "artifacts") || (key4 === "stage")) || (key4 === "metric"))){
validate38.errors = [{instancePath:instancePath+"/bars/" + i3,schemaPath:"#/$defs/PolicyBar/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs39 === errors){
if(data14.artifacts !== undefined){
let data15 = data14.artifacts;
const _errs40 = errors;
if(errors === _errs40){
if(Array.isArray(data15)){
if(data15.length > 1000){
validate38.errors = [{instancePath:instancePath+"/bars/" + i3+"/artifacts",schemaPath:"#/$defs/PolicyBar/properties/artifacts/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
if(data15.length < 1){
validate38.errors = [{instancePath:instancePath+"/bars/" + i3+"/artifacts",schemaPath:"#/$defs/PolicyBar/properties/artifacts/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid14 = true;
const len4 = data15.length;
for(let i4=0; i4<len4; i4++){
let data16 = data15[i4];
const _errs42 = errors;
if(errors === _errs42){
if(typeof data16 === "string"){
if(func2(data16) > 256){
validate38.errors = [{instancePath:instancePath+"/bars/" + i3+"/artifacts/" + i4,schemaPath:"#/$defs/PolicyBar/properties/artifacts/items/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(func2(data16) < 1){
validate38.errors = [{instancePath:instancePath+"/bars/" + i3+"/artifacts/" + i4,schemaPath:"#/$defs/PolicyBar/properties/artifacts/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/bars/" + i3+"/artifacts/" + i4,schemaPath:"#/$defs/PolicyBar/properties/artifacts/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid14 = _errs42 === errors;
if(!valid14){
break;
}
}
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/bars/" + i3+"/artifacts",schemaPath:"#/$defs/PolicyBar/properties/artifacts/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid13 = _errs40 === errors;
}
else {
var valid13 = true;
}
if(valid13){
if(data14.stage !== undefined){
let data17 = data14.stage;
const _errs44 = errors;
if(errors === _errs44){
if(typeof data17 === "string"){
if(func2(data17) > 64){
validate38.errors = [{instancePath:instancePath+"/bars/" + i3+"/stage",schemaPath:"#/$defs/PolicyBar/properties/stage/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(func2(data17) < 1){
validate38.errors = [{instancePath:instancePath+"/bars/" + i3+"/stage",schemaPath:"#/$defs/PolicyBar/properties/stage/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/bars/" + i3+"/stage",schemaPath:"#/$defs/PolicyBar/properties/stage/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid13 = _errs44 === errors;
}
else {
var valid13 = true;
}
if(valid13){
if(data14.metric !== undefined){
let data18 = data14.metric;
const _errs46 = errors;
if(errors === _errs46){
if(typeof data18 === "string"){
if(func2(data18) > 256){
validate38.errors = [{instancePath:instancePath+"/bars/" + i3+"/metric",schemaPath:"#/$defs/PolicyBar/properties/metric/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(func2(data18) < 1){
validate38.errors = [{instancePath:instancePath+"/bars/" + i3+"/metric",schemaPath:"#/$defs/PolicyBar/properties/metric/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/bars/" + i3+"/metric",schemaPath:"#/$defs/PolicyBar/properties/metric/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid13 = _errs46 === errors;
}
else {
var valid13 = true;
}
}
}
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/bars/" + i3,schemaPath:"#/$defs/PolicyBar/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid11 = _errs36 === errors;
if(!valid11){
break;
}
}
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/bars",schemaPath:"#/properties/bars/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs34 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.gate !== undefined){
let data19 = data.gate;
const _errs48 = errors;
const _errs49 = errors;
if(errors === _errs49){
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
let missing3;
if((data19.objects === undefined) && (missing3 = "objects")){
validate38.errors = [{instancePath:instancePath+"/gate",schemaPath:"#/$defs/GateDemands/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
const _errs51 = errors;
for(const key5 in data19){
if(!(key5 === "objects")){
validate38.errors = [{instancePath:instancePath+"/gate",schemaPath:"#/$defs/GateDemands/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs51 === errors){
if(data19.objects !== undefined){
let data20 = data19.objects;
if(typeof data20 !== "string"){
validate38.errors = [{instancePath:instancePath+"/gate/objects",schemaPath:"#/$defs/GateDemands/properties/objects/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((data20 === "decode") || (data20 === "present")) || (data20 === "skip"))){
validate38.errors = [{instancePath:instancePath+"/gate/objects",schemaPath:"#/$defs/GateDemands/properties/objects/enum",keyword:"enum",params:{allowedValues: schema88.properties.objects.enum},message:"must be equal to one of the allowed values"}];
return false;
}
}
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/gate",schemaPath:"#/$defs/GateDemands/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs48 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.revoked !== undefined){
let data21 = data.revoked;
const _errs54 = errors;
if(errors === _errs54){
if(Array.isArray(data21)){
if(data21.length > 1000){
validate38.errors = [{instancePath:instancePath+"/revoked",schemaPath:"#/properties/revoked/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
if(data21.length < 1){
validate38.errors = [{instancePath:instancePath+"/revoked",schemaPath:"#/properties/revoked/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid17 = true;
const len5 = data21.length;
for(let i5=0; i5<len5; i5++){
let data22 = data21[i5];
const _errs56 = errors;
const _errs57 = errors;
if(errors === _errs57){
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
let missing4;
if(((data22.key === undefined) && (missing4 = "key")) || ((data22.cutoff === undefined) && (missing4 = "cutoff"))){
validate38.errors = [{instancePath:instancePath+"/revoked/" + i5,schemaPath:"#/$defs/RevokedKey/required",keyword:"required",params:{missingProperty: missing4},message:"must have required property '"+missing4+"'"}];
return false;
}
else {
const _errs59 = errors;
for(const key6 in data22){
if(!(((key6 === "key") || (key6 === "cutoff")) || (key6 === "reason"))){
validate38.errors = [{instancePath:instancePath+"/revoked/" + i5,schemaPath:"#/$defs/RevokedKey/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs59 === errors){
if(data22.key !== undefined){
let data23 = data22.key;
const _errs60 = errors;
if(errors === _errs60){
if(typeof data23 === "string"){
if(func2(data23) > 1024){
validate38.errors = [{instancePath:instancePath+"/revoked/" + i5+"/key",schemaPath:"#/$defs/RevokedKey/properties/key/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(func2(data23) < 1){
validate38.errors = [{instancePath:instancePath+"/revoked/" + i5+"/key",schemaPath:"#/$defs/RevokedKey/properties/key/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/revoked/" + i5+"/key",schemaPath:"#/$defs/RevokedKey/properties/key/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid19 = _errs60 === errors;
}
else {
var valid19 = true;
}
if(valid19){
if(data22.cutoff !== undefined){
let data24 = data22.cutoff;
const _errs62 = errors;
if(errors === _errs62){
if(typeof data24 === "string"){
if(!pattern39.test(data24)){
validate38.errors = [{instancePath:instancePath+"/revoked/" + i5+"/cutoff",schemaPath:"#/$defs/RevokedKey/properties/cutoff/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{40}$"},message:"must match pattern \""+"^[0-9a-f]{40}$"+"\""}];
return false;
}
}
else {
validate38.errors = [{instancePath:instancePath+"/revoked/" + i5+"/cutoff",schemaPath:"#/$defs/RevokedKey/properties/cutoff/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid19 = _errs62 === errors;
}
else {
var valid19 = true;
}
if(valid19){
if(data22.reason !== undefined){
let data25 = data22.reason;
const _errs64 = errors;
if(errors === _errs64){
if(typeof data25 === "string"){
if(func2(data25) > 1024){
validate38.errors = [{instancePath:instancePath+"/revoked/" + i5+"/reason",schemaPath:"#/$defs/RevokedKey/properties/reason/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(func2(data25) < 1){
validate38.errors = [{instancePath:instancePath+"/revoked/" + i5+"/reason",schemaPath:"#/$defs/RevokedKey/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/revoked/" + i5+"/reason",schemaPath:"#/$defs/RevokedKey/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid19 = _errs64 === errors;
}
else {
var valid19 = true;
}
}
}
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/revoked/" + i5,schemaPath:"#/$defs/RevokedKey/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid17 = _errs56 === errors;
if(!valid17){
break;
}
}
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/revoked",schemaPath:"#/properties/revoked/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs54 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate38.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate38.errors = vErrors;
return errors === 0;
}
validate38.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


const schema90 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:at1:schema:registry:1","type":"object","additionalProperties":false,"required":["format","id","branch","storage"],"properties":{"format":{"const":1,"type":"integer"},"id":{"$ref":"#/$defs/RegistryId"},"branch":{"$ref":"#/$defs/BranchName"},"storage":{"type":"string","enum":["git"]},"stages":{"type":"object","minProperties":1,"maxProperties":32,"additionalProperties":{"$ref":"#/$defs/StageTable"}}},"$defs":{"RegistryId":{"type":"string","pattern":"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},"StageTable":{"type":"object","additionalProperties":false,"required":["to"],"properties":{"to":{"type":"array","maxItems":32,"items":{"type":"string","minLength":1,"maxLength":64}},"initial":{"type":"boolean"},"unique":{"type":"boolean"},"displaced":{"type":"string","minLength":1,"maxLength":64},"expires_days":{"type":"integer","minimum":1,"maximum":36500}}},"BranchName":{"type":"string","minLength":1,"maxLength":255}}};
const schema91 = {"type":"string","pattern":"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"};
const schema92 = {"type":"string","minLength":1,"maxLength":255};
const schema93 = {"type":"object","additionalProperties":false,"required":["to"],"properties":{"to":{"type":"array","maxItems":32,"items":{"type":"string","minLength":1,"maxLength":64}},"initial":{"type":"boolean"},"unique":{"type":"boolean"},"displaced":{"type":"string","minLength":1,"maxLength":64},"expires_days":{"type":"integer","minimum":1,"maximum":36500}}};

function validate41(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:at1:schema:registry:1" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate41.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.format === undefined) && (missing0 = "format")) || ((data.id === undefined) && (missing0 = "id"))) || ((data.branch === undefined) && (missing0 = "branch"))) || ((data.storage === undefined) && (missing0 = "storage"))){
validate41.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((key0 === "format") || (key0 === "id")) || (key0 === "branch")) || (key0 === "storage")) || (key0 === "stages"))){
validate41.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.format !== undefined){
let data0 = data.format;
const _errs2 = errors;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
validate41.errors = [{instancePath:instancePath+"/format",schemaPath:"#/properties/format/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(1 !== data0){
validate41.errors = [{instancePath:instancePath+"/format",schemaPath:"#/properties/format/const",keyword:"const",params:{allowedValue: 1},message:"must be equal to constant"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.id !== undefined){
let data1 = data.id;
const _errs4 = errors;
const _errs5 = errors;
if(errors === _errs5){
if(typeof data1 === "string"){
if(!pattern4.test(data1)){
validate41.errors = [{instancePath:instancePath+"/id",schemaPath:"#/$defs/RegistryId/pattern",keyword:"pattern",params:{pattern: "^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},message:"must match pattern \""+"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"+"\""}];
return false;
}
}
else {
validate41.errors = [{instancePath:instancePath+"/id",schemaPath:"#/$defs/RegistryId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.branch !== undefined){
let data2 = data.branch;
const _errs7 = errors;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data2 === "string"){
if(func2(data2) > 255){
validate41.errors = [{instancePath:instancePath+"/branch",schemaPath:"#/$defs/BranchName/maxLength",keyword:"maxLength",params:{limit: 255},message:"must NOT have more than 255 characters"}];
return false;
}
else {
if(func2(data2) < 1){
validate41.errors = [{instancePath:instancePath+"/branch",schemaPath:"#/$defs/BranchName/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/branch",schemaPath:"#/$defs/BranchName/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.storage !== undefined){
let data3 = data.storage;
const _errs10 = errors;
if(typeof data3 !== "string"){
validate41.errors = [{instancePath:instancePath+"/storage",schemaPath:"#/properties/storage/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(data3 === "git")){
validate41.errors = [{instancePath:instancePath+"/storage",schemaPath:"#/properties/storage/enum",keyword:"enum",params:{allowedValues: schema90.properties.storage.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.stages !== undefined){
let data4 = data.stages;
const _errs12 = errors;
if(errors === _errs12){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(Object.keys(data4).length > 32){
validate41.errors = [{instancePath:instancePath+"/stages",schemaPath:"#/properties/stages/maxProperties",keyword:"maxProperties",params:{limit: 32},message:"must NOT have more than 32 properties"}];
return false;
}
else {
if(Object.keys(data4).length < 1){
validate41.errors = [{instancePath:instancePath+"/stages",schemaPath:"#/properties/stages/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"}];
return false;
}
else {
for(const key1 in data4){
let data5 = data4[key1];
const _errs15 = errors;
const _errs16 = errors;
if(errors === _errs16){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
let missing1;
if((data5.to === undefined) && (missing1 = "to")){
validate41.errors = [{instancePath:instancePath+"/stages/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/StageTable/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs18 = errors;
for(const key2 in data5){
if(!(((((key2 === "to") || (key2 === "initial")) || (key2 === "unique")) || (key2 === "displaced")) || (key2 === "expires_days"))){
validate41.errors = [{instancePath:instancePath+"/stages/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/StageTable/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs18 === errors){
if(data5.to !== undefined){
let data6 = data5.to;
const _errs19 = errors;
if(errors === _errs19){
if(Array.isArray(data6)){
if(data6.length > 32){
validate41.errors = [{instancePath:instancePath+"/stages/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/to",schemaPath:"#/$defs/StageTable/properties/to/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items"}];
return false;
}
else {
var valid6 = true;
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
const _errs21 = errors;
if(errors === _errs21){
if(typeof data7 === "string"){
if(func2(data7) > 64){
validate41.errors = [{instancePath:instancePath+"/stages/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/to/" + i0,schemaPath:"#/$defs/StageTable/properties/to/items/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(func2(data7) < 1){
validate41.errors = [{instancePath:instancePath+"/stages/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/to/" + i0,schemaPath:"#/$defs/StageTable/properties/to/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/stages/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/to/" + i0,schemaPath:"#/$defs/StageTable/properties/to/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid6 = _errs21 === errors;
if(!valid6){
break;
}
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/stages/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/to",schemaPath:"#/$defs/StageTable/properties/to/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid5 = _errs19 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data5.initial !== undefined){
const _errs23 = errors;
if(typeof data5.initial !== "boolean"){
validate41.errors = [{instancePath:instancePath+"/stages/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/initial",schemaPath:"#/$defs/StageTable/properties/initial/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid5 = _errs23 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data5.unique !== undefined){
const _errs25 = errors;
if(typeof data5.unique !== "boolean"){
validate41.errors = [{instancePath:instancePath+"/stages/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/unique",schemaPath:"#/$defs/StageTable/properties/unique/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid5 = _errs25 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data5.displaced !== undefined){
let data10 = data5.displaced;
const _errs27 = errors;
if(errors === _errs27){
if(typeof data10 === "string"){
if(func2(data10) > 64){
validate41.errors = [{instancePath:instancePath+"/stages/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/displaced",schemaPath:"#/$defs/StageTable/properties/displaced/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(func2(data10) < 1){
validate41.errors = [{instancePath:instancePath+"/stages/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/displaced",schemaPath:"#/$defs/StageTable/properties/displaced/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/stages/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/displaced",schemaPath:"#/$defs/StageTable/properties/displaced/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid5 = _errs27 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data5.expires_days !== undefined){
let data11 = data5.expires_days;
const _errs29 = errors;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
validate41.errors = [{instancePath:instancePath+"/stages/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/expires_days",schemaPath:"#/$defs/StageTable/properties/expires_days/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs29){
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 > 36500 || isNaN(data11)){
validate41.errors = [{instancePath:instancePath+"/stages/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/expires_days",schemaPath:"#/$defs/StageTable/properties/expires_days/maximum",keyword:"maximum",params:{comparison: "<=", limit: 36500},message:"must be <= 36500"}];
return false;
}
else {
if(data11 < 1 || isNaN(data11)){
validate41.errors = [{instancePath:instancePath+"/stages/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/expires_days",schemaPath:"#/$defs/StageTable/properties/expires_days/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid5 = _errs29 === errors;
}
else {
var valid5 = true;
}
}
}
}
}
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/stages/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/StageTable/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid3 = _errs15 === errors;
if(!valid3){
break;
}
}
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/stages",schemaPath:"#/properties/stages/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
else {
validate41.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate41.errors = vErrors;
return errors === 0;
}
validate41.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const eventValidator: Validator = validate20;
export const evidenceValidator: Validator = validate21;
export const layoutValidator: Validator = validate24;
export const manifestValidator: Validator = validate28;
export const policyTestsValidator: Validator = validate37;
export const policyValidator: Validator = validate38;
export const registryValidator: Validator = validate41;
