// Runs a Software Template as Backstage's scaffolder does, and prints what it does as JSON.
//
// Usage: node backstage.mjs MODULES FOLDER < PARAMETERS. MODULES is the folder `node_modules`, and FOLDER has `template.yaml` and the
// skeleton. The answer has either `refused` (why the template or the parameters are not valid) or the files of the new repository
// and the inputs of the other steps.
//
// Backstage's model validates the template and the component. The engine has the options of `SecureTemplater` in
// `@backstage/plugin-scaffolder-backend`, and files are selected as its action `fetch:template` does.
import { createRequire } from "node:module";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const [modules, folder] = process.argv.slice(2);
const require = createRequire(join(modules, "package.json"));
const { templateEntityV1beta3Validator } = require("@backstage/plugin-scaffolder-common");
const { FieldFormatEntityPolicy, componentEntityV1alpha1Validator } = require("@backstage/catalog-model");
const Ajv = require("ajv");
const micromatch = require("micromatch");
const nunjucks = require("nunjucks");
const YAML = require("yaml");

const parseRepoUrl = (text) => {
  const url = new URL(`https://${text}`);
  return { host: url.host, owner: url.searchParams.get("owner"), repo: url.searchParams.get("repo") };
};
const engine = nunjucks.configure({ autoescape: false, tags: { variableStart: "${{", variableEnd: "}}" } });
engine.addFilter("parseRepoUrl", parseRepoUrl);
engine.addFilter("pick", (value, key) => value[key]);
engine.addFilter("projectSlug", (text) => `${parseRepoUrl(text).owner}/${parseRepoUrl(text).repo}`);

// An input that is one expression keeps the type of its value.
const render = (value, context) => {
  if (typeof value === "string") {
    const single = /^\$\{\{([^}]*)\}\}$/.exec(value);
    return single
      ? JSON.parse(engine.renderString(`\${{ (${single[1]}) | dump }}`, context))
      : engine.renderString(value, context);
  }
  if (Array.isArray(value)) return value.map((item) => render(item, context));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, render(item, context)]));
};

const filesBelow = (path, prefix = "") =>
  readdirSync(path).flatMap((name) =>
    statSync(join(path, name)).isDirectory() ? filesBelow(join(path, name), `${prefix}${name}/`) : [`${prefix}${name}`],
  );

const fetchTemplate = ({ url, values, copyWithoutTemplating }) => {
  const source = join(folder, url);
  const files = {};
  for (const path of filesBelow(source)) {
    const text = readFileSync(join(source, path), "utf8");
    const isCopied = micromatch.isMatch(path, copyWithoutTemplating, { dot: true });
    files[engine.renderString(path, { values })] = isCopied ? text : engine.renderString(text, { values });
  }
  return files;
};

const validate = async (validator, entity) => {
  if (!(await validator.check(entity))) throw new Error(`${entity.kind} is of another kind`);
  await new FieldFormatEntityPolicy().enforce(entity);
};

const run = async () => {
  const template = YAML.parse(readFileSync(join(folder, "template.yaml"), "utf8"));
  await validate(templateEntityV1beta3Validator, template);
  const parameters = JSON.parse(readFileSync(0, "utf8"));
  const ajv = new Ajv({ strict: false, allErrors: true });
  for (const page of template.spec.parameters) {
    if (!ajv.validate(page, parameters)) throw new Error(ajv.errorsText());
  }
  const answer = { template: template.metadata, owner: template.spec.owner, steps: {} };
  const context = { parameters, steps: {} };
  for (const { id, action, input } of template.spec.steps) {
    const rendered = render(input, context);
    if (action === "fetch:template") {
      answer.files = fetchTemplate(rendered);
    } else {
      answer.steps[action] = rendered;
    }
    const remoteUrl = "https://git.example/new";
    context.steps[id] = { output: { remoteUrl, repoContentsUrl: `${remoteUrl}/blob/main`, entityRef: "component:default/new" } };
  }
  answer.links = render(template.spec.output.links, context);
  answer.component = YAML.parse(answer.files["catalog-info.yaml"]);
  await validate(componentEntityV1alpha1Validator, answer.component);
  return answer;
};

const answer = await run().catch((error) => ({ refused: error.message }));
process.stdout.write(JSON.stringify(answer));
