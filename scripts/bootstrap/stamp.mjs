import fs from "node:fs";
import path from "node:path";

// Inside node_modules: a stamp goes with what it describes.
const stampFile = (root, name) => path.join(root, "node_modules", ".mingzhang", name);

export function readStamp(root, name) {
  const file = stampFile(root, name);
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
}

export function writeStamp(root, name, value) {
  const file = stampFile(root, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, value);
}
