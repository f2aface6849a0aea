// Asks the YAML language server for completions, and prints them as JSON.
//
// Usage: node language-server.mjs SERVER SCHEMA < REQUESTS. A request is a spec with `|` at the cursor; REQUESTS is a JSON
// list of them. The answer is a list with one list per request: label, inserted text and documentation of each item.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [server, schema] = process.argv.slice(2);
const requests = JSON.parse(readFileSync(0, "utf8"));
const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
const pending = new Map();
let last = 0;
let received = Buffer.alloc(0);

const send = (message) => {
  const body = JSON.stringify({ jsonrpc: "2.0", ...message });
  child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
};
const notify = (method, params) => send({ method, params });
const ask = (method, params) =>
  new Promise((resolve) => {
    pending.set(++last, resolve);
    send({ id: last, method, params });
  });

const settings = {
  yaml: {
    schemas: { [pathToFileURL(schema)]: "*" },
    schemaStore: { enable: false },
    completion: true,
    hover: true,
    validate: true,
  },
};

const handle = (message) => {
  if (message.method === undefined) {
    pending.get(message.id)?.(message.result);
  } else if (message.method === "workspace/configuration") {
    const sections = message.params.items.map((item) => settings[item.section] ?? null);
    send({ id: message.id, result: sections });
  } else if (message.id !== undefined) {
    send({ id: message.id, result: null });
  }
};

child.stdout.on("data", (data) => {
  received = Buffer.concat([received, data]);
  for (;;) {
    const end = received.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = Number(/Content-Length: (\d+)/i.exec(received.subarray(0, end))[1]);
    if (received.length < end + 4 + length) return;
    const body = received.subarray(end + 4, end + 4 + length).toString();
    received = received.subarray(end + 4 + length);
    handle(JSON.parse(body));
  }
});

await ask("initialize", {
  processId: process.pid,
  rootUri: null,
  capabilities: {
    workspace: { configuration: true },
    textDocument: { completion: { completionItem: { snippetSupport: false } }, hover: {} },
  },
});
notify("initialized", {});
notify("workspace/didChangeConfiguration", { settings });

const complete = async (name, request) => {
  const before = request.slice(0, request.indexOf("|")).split("\n");
  const uri = `file:///${name}.yaml`;
  const text = request.replace("|", "");
  notify("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
  const position = { line: before.length - 1, character: before.at(-1).length };
  const found = await ask("textDocument/completion", { textDocument: { uri }, position });
  return (found?.items ?? []).map((item) => ({
    label: item.label,
    inserted: item.textEdit?.newText ?? item.insertText ?? item.label,
    documentation: item.documentation?.value ?? item.documentation ?? "",
  }));
};

// The server reads its settings after it has answered `initialize`.
for (let attempt = 0; attempt < 100; attempt++) {
  if ((await complete(`warm-up-${attempt}`, "a: b\nr|")).length > 0) break;
  await new Promise((resolve) => setTimeout(resolve, 100));
}
const answers = [];
for (const [index, request] of requests.entries()) {
  answers.push(await complete(`spec-${index}`, request));
}
const text = JSON.stringify(answers);
process.stdout.write(`${text}\n`, () => {
  child.kill();
  process.exit(0);
});

