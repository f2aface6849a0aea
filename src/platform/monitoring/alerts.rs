//! Alerts: events and alarms of the registry that people get through an Amazon SNS topic.

use super::Event;
use crate::diagnostic::{Diagnostic, codes};
use crate::language::monitoring::Alert as Written;
use crate::platform::Label;
use crate::source::{Span, Spanned};
use crate::value::{AlertName, EmailAddress, OrCreate, OrVariable, PullRate, TopicArn};

/// An alert.
#[derive(Clone, Debug)]
pub struct Alert {
    /// Its name.
    pub name: String,
    /// Its name in Terraform.
    pub label: Label,
    /// The events.
    pub events: Vec<Event>,
    /// The pulls of a repository above which its alarm is sent.
    pub pulls_over: Option<Spanned<PullRate>>,
    /// The topic.
    pub topic: Spanned<OrCreate<OrVariable<TopicArn>>>,
    /// The addresses that a topic created by ecrgen sends emails to.
    pub emails: Vec<EmailAddress>,
    /// Whether a topic created by ecrgen is encrypted with the key of the alerts.
    pub is_encrypted: bool,
    /// Where it is written.
    pub span: Span,
}

impl Alert {
    /// Whether ecrgen creates the topic.
    pub fn creates_topic(&self) -> bool {
        self.topic.value == OrCreate::Create
    }

    /// The services that publish to the topic.
    pub fn publishers(&self) -> impl Iterator<Item = Publisher> {
        let events = (!self.events.is_empty()).then_some(Publisher::EventBridge);
        events.into_iter().chain(self.pulls_over.as_ref().map(|_| Publisher::CloudWatch))
    }
}

/// A service that publishes to the topics of alerts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Publisher {
    /// Amazon EventBridge: events.
    EventBridge,
    /// Amazon CloudWatch: alarms.
    CloudWatch,
}

impl Publisher {
    /// Its principal in policies.
    pub fn principal(self) -> &'static str {
        match self {
            Publisher::EventBridge => "events.amazonaws.com",
            Publisher::CloudWatch => "cloudwatch.amazonaws.com",
        }
    }

    /// What it publishes.
    pub fn what(self) -> &'static str {
        match self {
            Publisher::EventBridge => "Events",
            Publisher::CloudWatch => "Alarms",
        }
    }
}

/// Resolves an alert.
pub(super) fn resolve(name: &Spanned<AlertName>, written: &Written, faults: &mut Vec<Diagnostic>) -> Alert {
    let path = format!("monitoring.alerts.{}", name.as_str());
    if let OrCreate::Existing(_) = &written.sns.value {
        let emails = written.emails.iter().flatten().next().map(|email| ("emails", email.span));
        let encryption = written.encryption.as_ref().map(|encryption| ("encryption", encryption.span));
        for (key, span) in emails.into_iter().chain(encryption) {
            let message = format!("`{key}` only applies to a topic that ecrgen creates");
            let fault = Diagnostic::new(&codes::NOT_OUR_TOPIC, span, message);
            faults.push(fault.help(format!("delete `{key}`, or write `sns: create`")).at(format!("{path}.{key}")));
        }
    }
    Alert {
        name: name.as_str().to_owned(),
        label: Label::of(name.as_str()),
        events: written.events.iter().flatten().map(|event| event.value).collect(),
        pulls_over: written.pulls_over.clone(),
        topic: written.sns.clone(),
        emails: written.emails.iter().flatten().map(|email| email.value.clone()).collect(),
        is_encrypted: written.encryption.is_some(),
        span: name.span,
    }
}
