// Loaded before the tests (`--require`): mocha gives its processes a second to end and kills them then, and what one has to
// tell of coverage takes longer on a busy machine. Without it half of what was tested counts as untested.
if (process.env.NODE_V8_COVERAGE !== undefined) process.on('SIGTERM', () => undefined);
