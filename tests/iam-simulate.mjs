// Asks @cloud-copilot/iam-simulate what AWS would answer. Reads one JSON document from stdin: `documents`, a list of policies, and
// `requests`, which refer to them by index. Writes a JSON list with one word per request: the result, or the error.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../.npm/", import.meta.url));
const { runSimulation } = require("@cloud-copilot/iam-simulate");

const { documents, requests } = JSON.parse(readFileSync(0, "utf8"));

/** Statements of ECR's resource policies have no Resource: they are about the repository that they belong to. */
function resourcePolicy(indexes) {
  const statements = indexes.flatMap((at) => documents[at].Statement);
  if (statements.length === 0) return undefined;
  return { Version: "2012-10-17", Statement: statements.map((one) => ({ Resource: "*", ...one })) };
}

const named = (at) => ({ name: `policy-${at}`, policy: documents[at] });

async function decide({ principal, action, resource, account, identity, boundary, resourcePolicies, context }) {
  const response = await runSimulation({
    request: { principal, action, resource: { resource, accountId: account }, contextVariables: context },
    identityPolicies: identity.map(named),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: resourcePolicy(resourcePolicies),
    permissionBoundaryPolicies: boundary === null ? undefined : [named(boundary)],
  }, {});
  return response.resultType === "error" ? `error: ${JSON.stringify(response.errors)}` : response.overallResult;
}

const results = [];
for (const request of requests) results.push(await decide(request));
process.stdout.write(JSON.stringify(results));
