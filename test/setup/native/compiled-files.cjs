const { createHash } = require('node:crypto');
const { mkdirSync } = require('node:fs');
const path = require('node:path');

const FOLDER = path.resolve(__dirname, '../../../node_modules/.cache/slotmirror-tests');

mkdirSync(FOLDER, { recursive: true });

/** Where the compiled form of a source is kept; `what` is everything that it depends on. */
function codeFile(...what) {
  return path.join(FOLDER, `${hash(what)}.mjs`);
}

/** Where the source map of a file is kept, as of when it was compiled last. */
function mapFile(filename) {
  return path.join(FOLDER, `${hash([filename])}.map`);
}

function hash(texts) {
  return texts.reduce((sum, text) => sum.update(text), createHash('sha256')).digest('hex');
}

module.exports = { codeFile, mapFile };
