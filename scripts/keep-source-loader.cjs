/**
 * A bundler's loader for tfjs's threaded WASM module. Its threads start from the source text of the module's
 * function (`toString()`), which no longer stands alone once it is bundled and minified: the text is kept as
 * it was published.
 */
const assignment = 'var WasmBackendModuleThreadedSimd = ';

module.exports = function keepSource(source) {
  const start = source.indexOf(assignment);
  const end = source.indexOf('\n})();', start);
  if (start === -1 || end === -1) throw new Error('The threaded module of tfjs has an unknown form.');
  const text = source.slice(start + assignment.length, end + '\n})()'.length);
  return `${source}\nmodule.exports.toString = () => ${JSON.stringify(text)};\n`;
};
