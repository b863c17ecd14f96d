/** `.at1/verify/VERIFY.md`, which `init` writes: how to check and read this registry with stock tools, without at1. */
import type { Digest } from '../digest/digest.js';
import type { RegistryId } from '../manifest/registry-id.js';

export interface VerifyGuide {
  readonly registry: RegistryId;
  /** Digest of the root policy. */
  readonly root: Digest;
}

/** Names, versions and principals have no character that means something to a shell (registry.md, section 2). */
export function verifyGuide({ registry, root }: VerifyGuide): string {
  return `# How to check and read this registry without at1

This folder of a git repository is registry ${registry}. Models, data and recipes lie in it as signed manifests
(\`model/NAME/VERSION.toml\`) and as containers in \`objects/\`. The program that made it is at1. If that is gone, everything here can be
checked and read with tools that will be there longer: ssh-keygen, sha256sum, and Python 3.8 or later with the one file
beside this one. Run all commands in the folder of \`at1.toml\`.

## 1. Who may sign

\`.at1/allowed_signers\` is made from the policy. The policy that this registry began with has the SHA-256

    ${root}

Compare it with what you were told by another way: nothing inside a repository can prove its own beginning. Then all who
signed the policy of today:

\`\`\`sh
sha256sum .at1/policy/policy.toml
for s in .at1/policy/policy.sig/*.sig; do
  p=\${s##*/}
  ssh-keygen -Y verify -f .at1/allowed_signers -I "\${p%.sig}" -n at1-policy -s "$s" < .at1/policy/policy.toml || exit 1
done
\`\`\`

## 2. Who signed a version

One version, NAME and VERSION as they are called here, ANA as one of the files in \`model/NAME/VERSION.sig/\` is called:

    ssh-keygen -Y verify -f .at1/allowed_signers -I ANA -n at1-manifest -s model/NAME/VERSION.sig/ANA.sig < model/NAME/VERSION.toml

All versions, and all who signed them:

\`\`\`sh
find model data recipe -name '*.sig' -type f -path '*.sig/*' -not -path '*/events/*' 2> /dev/null | while read -r s; do
  p=\${s##*/}
  m=\${s%/*}
  ssh-keygen -Y verify -f .at1/allowed_signers -I "\${p%.sig}" -n at1-manifest -s "$s" < "\${m%.sig}.toml" || exit 1
done
\`\`\`

How many signatures a version needs, the rules in \`.at1/policy/policy.toml\` say. A key that was taken out of the policy since then
is not in \`.at1/allowed_signers\` any more: take that file from the history (\`git log .at1/allowed_signers\`).

## 3. That the bytes are right

Each object is named by its SHA-256. This prints nothing where all are right:

\`\`\`sh
find objects -name '*.at1' 2> /dev/null | while read -r o; do
  n=\${o##*/}
  printf '%s  %s\\n' "\${n%.at1}" "$o"
done | sha256sum --check --quiet
\`\`\`

And every digest in every manifest, down to the files that come out:

\`\`\`sh
python3 .at1/verify/at1.py verify .
\`\`\`

## 4. To get the files

\`\`\`sh
python3 .at1/verify/at1.py list .
\`\`\`

lists the versions, each with the digest of its content. One of them, or one file of it:

    python3 .at1/verify/at1.py get . model/NAME/VERSION.toml -o OUT
    python3 .at1/verify/at1.py get . model/NAME/VERSION.toml PATH/IN/IT -o OUT

For a version that is one file, \`sha256sum OUT\` then prints the digest that \`content\` in the manifest states. A container alone:

    python3 .at1/verify/at1.py decode FILE.at1 -o OUT

The program needs nothing but Python, writes nowhere but to OUT, and refuses whatever does not match its digests. It looks at no
signature: that is what sections 1 and 2 are for.
`;
}
