/** Changes of what steers the registry, the forge and git itself, by people whom the policy does not let configure. */
import { CONFIG_PATH } from '../../src/manifest/layout-of-registry.js';
import type { Attack } from '../attack.js';
import { treeOf } from '../places.js';
import { gateAttack, series } from './gate.js';
import { proposes } from './stage-attack.js';

const MODULES = '[submodule "x"]\n\tpath = x\n\turl = https://evil.invalid/x\n';
const LFS = '[lfs]\n\turl = https://evil.invalid/lfs\n';
const ACTION = 'name: gate\ndescription: yes\nruns: { using: composite, steps: [] }\n';

/** Files that steer forges, git or at1, by people who may not change them. */
function steering(id: string, title: string, path: string, content: string, by?: 'bo' | 'eve'): Attack {
  return gateAttack(id, {
    row: by === undefined ? 30 : 31,
    title,
    code: 'policy/denied',
    exit: 22,
    propose: (forge) => proposes(forge, { [path]: content }, by === undefined ? {} : { key: forge.keys[by] }),
  });
}

export const steeringChanges: readonly Attack[] = [
  steering('workflow', 'a workflow that nobody signed', '.github/workflows/gate.yml', 'on: push\n'),
  steering('workflow-by-a-publisher', 'a workflow by a publisher', '.github/workflows/gate.yml', 'on: push\n', 'bo'),
  steering('workflow-by-a-stranger', 'a workflow by a stranger', '.github/workflows/gate.yml', 'on: push\n', 'eve'),
  steering('attributes', 'attributes by which git changes what it checks out', '.gitattributes', '* text eol=crlf\n'),
  steering('attributes-in-a-folder', 'the same in a folder', 'model/m/.gitattributes', '* text\n', 'bo'),
  steering('attributes-in-capitals', 'the same where disks ignore capitals', '.GitAttributes', '* text eol=crlf\n'),
  steering('modules', 'another repository that git is to fetch', '.gitmodules', MODULES),
  steering('modules-by-a-publisher', 'the same by a publisher', '.gitmodules', MODULES, 'bo'),
  steering('lfs', 'another server for what git-lfs fetches', '.lfsconfig', LFS),
  steering('lfs-by-a-stranger', 'the same by a stranger', '.lfsconfig', LFS, 'eve'),
  steering('action', 'an action that others run by the name of this repository', 'action.yml', ACTION),
  steering('action-by-a-publisher', 'the same under its other name, by a publisher', 'action.yaml', ACTION, 'bo'),
  steering('owners', 'other people whose agreement the forge asks for', 'CODEOWNERS', '* @eve\n', 'bo'),
  steering('pipeline', 'what another forge runs', '.gitlab-ci.yml', 'x: { script: [env] }\n'),
  steering('registry-below', 'another registry in a folder of this one', 'docs/at1.toml', 'format = 1\n'),
  steering('registry-below-by-a-publisher', 'the same by a publisher', 'model/m/at1.toml', '', 'bo'),
  steering('registry-in-capitals', 'the same where disks ignore capitals', 'docs/AT1.toml', 'format = 1\n', 'bo'),
  steering('registry-as-folder', 'a folder called at1.toml, by which a folder seems a registry', 'x/at1.toml/y', 'z'),
  gateAttack('modules-there-and-back', {
    row: 80,
    title: 'a repository to fetch that one commit brings and the next takes away',
    code: 'policy/denied',
    exit: 22,
    propose: (forge) => series(forge, [() => ({ '.gitmodules': MODULES }), () => ({ '.gitmodules': null })]),
  }),
  gateAttack('lfs-taken-away', {
    row: 30,
    title: 'the server of git-lfs that its owner committed is taken away',
    code: 'policy/denied',
    exit: 22,
    propose: async (forge) => {
      await forge.commit({ '.lfsconfig': LFS }, { key: forge.keys.ana });
      await proposes(forge, { '.lfsconfig': null });
    },
  }),
  gateAttack('config', {
    row: 46,
    title: 'another registry branch in at1.toml, by a publisher',
    code: 'policy/denied',
    exit: 22,
    propose: async (forge) => {
      const config = forge.text(CONFIG_PATH).replace('branch = "main"', 'branch = "mine"');
      await proposes(forge, { [CONFIG_PATH]: config }, { key: forge.keys.bo });
    },
  }),
  gateAttack('workflow-there-and-back', {
    row: 80,
    title: 'a workflow that one commit brings and the next takes away',
    code: 'policy/denied',
    exit: 22,
    propose: (forge) =>
      series(forge, [() => ({ '.github/workflows/x.yml': 'on: push\n' }), () => ({ '.github/workflows/x.yml': null })]),
  }),
  gateAttack('workflow-rolled-back-by-a-merge', {
    row: 80,
    title: 'a merge of the target into its own past, which keeps an old workflow that was mended since',
    code: 'policy/denied',
    exit: 22,
    propose: async (forge) => {
      const path = '.github/workflows/gate.yml';
      const key = forge.keys.ana;
      const old = await forge.commit({ [path]: 'on: pull_request_target\n' }, { key });
      const mended = await forge.commit({ [path]: 'on: pull_request\n' }, { key });
      forge.setRef('refs/heads/target', mended);
      await forge.commit({}, { parents: [old, mended], tree: treeOf(forge, old), ref: 'refs/heads/change' });
    },
  }),
  gateAttack('workflow-of-an-abandoned-branch', {
    row: 80,
    title: 'a merge brings a workflow that its owner tried on a branch which never landed',
    code: 'policy/denied',
    exit: 22,
    propose: async (forge) => {
      const path = '.github/workflows/gate.yml';
      const key = forge.keys.ana;
      const main = forge.head();
      const tried = await forge.commit({ [path]: 'on: pull_request_target\n' }, { key, parents: [main], ref: null });
      const mended = await forge.commit({ [path]: 'on: pull_request\n' }, { key });
      forge.setRef('refs/heads/target', mended);
      await forge.commit({}, { parents: [mended, tried], tree: treeOf(forge, tried), ref: 'refs/heads/change' });
    },
  }),
  gateAttack('workflow-from-another-beginning', {
    row: 80,
    title: 'a merge brings a workflow from a history with a beginning of its own',
    code: 'policy/denied',
    exit: 22,
    propose: async (forge) => {
      const file = { '.github/workflows/x.yml': 'on: push\n' };
      const [main, orphan] = [forge.head(), await forge.commit(file, { parents: [], ref: null })];
      const both = await forge.commit(file, { ref: null });
      await forge.commit({}, { parents: [main, orphan], tree: treeOf(forge, both), ref: 'refs/heads/change' });
    },
  }),
  gateAttack('config-gone', {
    row: 50,
    title: 'at1.toml is taken away',
    code: 'history/registry-changed',
    exit: 24,
    propose: (forge) => proposes(forge, { [CONFIG_PATH]: null }),
  }),
  gateAttack('registry-gone', {
    row: 50,
    title: 'everything is taken away',
    code: 'history/registry-changed',
    exit: 24,
    propose: (forge) => proposes(forge, {}, { tree: forge.objects.tree(new Map()), parents: [forge.head()] }),
  }),
];
