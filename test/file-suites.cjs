// Loaded before the tests (`--require`): each file is a suite of its own. So a hook at the top of a file runs for the tests
// of that file, and not for those of every file in the same process.
const { interfaces, Suite } = require('mocha');

const LOADING = Suite.constants.EVENT_FILE_PRE_REQUIRE;
const { bdd } = interfaces;

interfaces.bdd = (root) => {
  root.on(LOADING, (context, file, mocha) => {
    const own = Suite.create(root, '');
    own.file = file;
    // It has no name of its own, and none in the names of its tests.
    own.titlePath = () => root.titlePath();
    bdd(own);
    own.emit(LOADING, context, file, mocha);
  });
};
