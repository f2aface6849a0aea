//! Specs compiled in memory, without a process, as most tests need them.

use std::collections::BTreeMap;

use ecrgen::Compilation;
use ecrgen::compile::Output;
use ecrgen::diagnostic::{Diagnostic, Severity};
use ecrgen::platform::Platform;
use ecrgen::policies::{Policies, emit};
use ecrgen::source::Sources;
use ecrgen::tree::Manifest;

use super::case::{repository, texts_below};
use super::module::Module;

/// The day on which specs are compiled. No waiver of a shipped spec expires before it.
const TODAY: &str = "2026-11-21";

/// The first lines of every spec of the platform `shop`.
pub const HEAD: &str = "platform: shop\nenvironment: shared\nregion: eu-central-1\n";

/// The result of compiling.
pub struct Compiled(Compilation);

impl Compiled {
    /// Compiles one spec.
    pub fn of(spec: impl Into<String>) -> Self {
        Specs::of(spec).compile()
    }

    /// Compiles one spec on a day such as `2027-06-30`.
    pub fn on(day: &'static str, spec: impl Into<String>) -> Self {
        Specs::of(spec).on(day).compile()
    }

    /// Compiles `specs/NAME.yaml`.
    pub fn shipped(name: &str) -> Self {
        let path = format!("specs/{name}.yaml");
        let specs = Specs::beside_shipped();
        let text = specs.texts[&path].clone();
        specs.spec(&path, text).compile()
    }

    /// The files that were read.
    pub fn sources(&self) -> &Sources {
        &self.0.sources
    }

    /// All findings, sorted by place.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.0.findings
    }

    /// The codes of all findings.
    pub fn codes(&self) -> Vec<&'static str> {
        self.findings().iter().map(|finding| finding.code.name).collect()
    }

    /// The messages of all findings.
    pub fn messages(&self) -> Vec<&str> {
        self.findings().iter().map(|finding| finding.message.as_str()).collect()
    }

    /// The message of the only finding.
    pub fn message(&self) -> &str {
        let [message] = self.messages()[..] else { panic!("expected one finding, got {:#?}", self.findings()) };
        message
    }

    /// The messages of the errors. Without errors, there is output.
    pub fn errors(&self) -> Vec<&str> {
        let errors = self.findings().iter().filter(|finding| finding.severity == Severity::Error);
        errors.map(|finding| finding.message.as_str()).collect()
    }

    /// The platforms of all specs. Panics if there are errors.
    pub fn platforms(&self) -> impl Iterator<Item = &Platform> {
        assert_eq!(self.errors(), [""; 0]);
        self.0.platforms.iter().flatten()
    }

    /// The only platform.
    pub fn platform(&self) -> &Platform {
        let platforms: Vec<&Platform> = self.platforms().collect();
        let [platform] = platforms[..] else { panic!("{} platforms", platforms.len()) };
        platform
    }

    /// The policies of the only platform.
    pub fn policies(&self) -> Policies<'_> {
        emit(self.platform())
    }

    /// The output of each spec.
    pub fn outputs(&self) -> &[Output] {
        &self.0.outputs
    }

    /// All files by path, including the manifests. Panics if there are errors.
    pub fn files(&self) -> BTreeMap<String, String> {
        assert_eq!(self.errors(), [""; 0]);
        let mut files = BTreeMap::new();
        for tree in self.outputs().iter().map(|output| &output.tree) {
            files.extend(tree.files().iter().map(|file| (file.path().to_string(), file.text().to_owned())));
            files.insert(Manifest::path(tree.manifest().platform()), tree.manifest().to_json());
        }
        files
    }

    /// The Terraform module in a folder, for example `shared/ecr`.
    pub fn module(&self, folder: &str) -> Module {
        Module::read(&self.files(), folder)
    }
}

/// Compiles the platform `shop`: these lines are appended to [`HEAD`].
pub fn shop(rest: impl AsRef<str>) -> Compiled {
    Compiled::of(format!("{HEAD}{}", rest.as_ref()))
}

/// Spec files in memory.
pub struct Specs {
    texts: BTreeMap<String, String>,
    specs: Vec<String>,
    today: &'static str,
}

impl Default for Specs {
    fn default() -> Self {
        Specs { texts: BTreeMap::new(), specs: Vec::new(), today: TODAY }
    }
}

impl Specs {
    /// One spec, `spec.yaml`.
    pub fn of(text: impl Into<String>) -> Self {
        Self::default().spec("spec.yaml", text)
    }

    /// The files of `specs/`, which other specs can extend.
    pub fn beside_shipped() -> Self {
        let texts = texts_below(&repository().join("specs"));
        texts.iter().fold(Self::default(), |specs, (name, text)| specs.file(&format!("specs/{name}"), text))
    }

    /// Adds a spec.
    pub fn spec(mut self, path: &str, text: impl Into<String>) -> Self {
        self.specs.push(path.to_owned());
        self.file(path, text)
    }

    /// Adds a file that a spec can extend.
    pub fn file(mut self, path: &str, text: impl Into<String>) -> Self {
        self.texts.insert(path.to_owned(), text.into());
        self
    }

    /// Compiles on this day.
    pub fn on(self, today: &'static str) -> Self {
        Specs { today, ..self }
    }

    /// Compiles the specs together.
    pub fn compile(&self) -> Compiled {
        let read = |path: &str| match self.texts.get(path) {
            Some(text) => Ok(text.clone().into_bytes()),
            None => Err("no such file".to_owned()),
        };
        let mut compilation = ecrgen::compile(&self.specs, &read, self.today);
        compilation.findings.sort_by_key(|finding| {
            let place = finding.labels.first().map(|label| (label.span.file, label.span.start));
            (place.is_none(), place)
        });
        Compiled(compilation)
    }
}
