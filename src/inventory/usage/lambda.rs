//! AWS Lambda (API reference: `GetFunction`, `ListFunctions`).

use serde_json::Value;

use super::source::Source;

/// A function with its code.
pub(super) static FUNCTION: Source = Source {
    command: "aws lambda get-function",
    read: |document, found| {
        let (Some(code), Some(configuration)) = (document.get("Code"), document.get("Configuration")) else {
            return false;
        };
        found.add(&code["ImageUri"]);
        found.add(&code["ResolvedImageUri"]);
        found.tell(&name(configuration));
        true
    },
};

/// Functions without their code. The list does not contain their images.
pub(super) static FUNCTIONS: Source = Source {
    command: "aws lambda list-functions",
    read: |document, found| {
        let Some(functions) = document.get("Functions").and_then(Value::as_array) else { return false };
        for function in functions.iter().filter(|function| function["PackageType"] == "Image") {
            let name = name(function);
            let fault = format!(
                "the list of Lambda functions does not contain the image of `{name}`: add the output of \
                 `aws lambda get-function --function-name {name}`"
            );
            found.need(&name, fault);
        }
        for token in ["NextMarker", "NextToken"] {
            found.remark_on_pages(&document[token], "Lambda functions");
        }
        true
    },
};

/// The ARN of a function, or else its name. `$LATEST` is the version without a suffix.
fn name(configuration: &Value) -> String {
    let name = ["FunctionArn", "FunctionName"].into_iter().find_map(|key| configuration[key].as_str());
    name.unwrap_or("?").trim_end_matches(":$LATEST").to_owned()
}
