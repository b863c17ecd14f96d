/** A small manifest in canonical form, with one file of two segments. */
import { parseRegistryId } from '../../src/manifest/registry-id.js';

export const A = 'a'.repeat(64);
export const B = 'b'.repeat(64);
export const C = 'c'.repeat(64);
export const REGISTRY = parseRegistryId('01KAQ4Z6W3T8YB0JV9N2M5X7CD');
export const EXAMPLE = `#:schema urn:at1:schema:manifest:1

registry = "${REGISTRY}"
kind = "model"
name = "fraud-detector"
version = "1.0.0"
created = "2026-11-22T01:02:03Z"
content = "sha256:${A}"
form = "file"
size = 8
description = "Finds fraud."

[metrics]
auc = 0.91
f1 = 1.0

[card]
format = "markdown"
text = """
# Fraud "detector"
C:\\\\models"""

[[files]]
path = "model.onnx"
size = 8
sha256 = "${A}"
blake3 = "${B}"
executable = true
segments = [
  { size = 5, sha256 = "${C}", object = "${B}", stored = 50 },
  { size = 3, sha256 = "${B}", object = "${C}", stored = 40 },
]
`;

/** The same with what it was made from. */
export const MADE_FROM = EXAMPLE.replace(
  '[card]',
  `[[lineage]]
relation = "fine-tuned-from"
ref = "model/base@2.0.0"
content = "sha256:${C}"
parameters = [
  { name = "epochs", value = "3" },
]

[[lineage]]
relation = "produced-by"
uri = "https://ci.example/runs/42"

[card]`,
);
