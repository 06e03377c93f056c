//! The stated inputs of the Westmere example, as far as a workspace holds them.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The stated inputs, as far as a workspace holds them.
#[derive(Deserialize)]
pub struct Inputs {
    pub meta: Meta,
    pub entitlements: Vec<EntitlementIn>,
    pub trade_offs: Vec<TradeOffIn>,
    pub options: Vec<OptionIn>,
    pub factors: Vec<FactorIn>,
    pub scores: BTreeMap<String, BTreeMap<String, CellIn>>,
    pub segments: Vec<SegmentIn>,
    pub reach: ReachIn,
    pub sectors: Vec<SectorIn>,
    pub stakeholders: Vec<StakeholderIn>,
    pub voters: Vec<VoterIn>,
    pub ballots: BTreeMap<String, serde_json::Value>,
    pub statements: Vec<StatementIn>,
    pub decision: DecisionIn,
}

#[derive(Deserialize)]
pub struct Meta {
    pub title: String,
    pub place: String,
    pub question: String,
    pub horizon_years: u32,
    pub note: String,
}

#[derive(Deserialize)]
pub struct EntitlementIn {
    pub text: String,
    pub answers: String,
}

#[derive(Deserialize)]
pub struct TradeOffIn {
    pub what: String,
    pub text: String,
}

#[derive(Deserialize)]
pub struct OptionIn {
    pub id: String,
    pub name: String,
    pub short: String,
    pub summary: String,
    pub decided: String,
    pub designed: String,
    pub delivered: String,
}

#[derive(Deserialize)]
pub struct FactorIn {
    pub id: String,
    pub group: String,
    pub name: String,
    pub short: String,
    pub unit: String,
    pub worst: f64,
    pub best: f64,
    pub curve: Vec<(f64, f64)>,
}

#[derive(Deserialize)]
pub struct CellIn {
    pub low: f64,
    pub likely: f64,
    pub high: f64,
    pub grade: u8,
    pub source: String,
}

#[derive(Deserialize)]
pub struct SegmentIn {
    pub id: String,
    pub name: String,
    pub short: String,
    pub people: f64,
    pub cost: f64,
    pub baseline: f64,
    pub supported: f64,
}

#[derive(Deserialize)]
pub struct ReachIn {
    pub token_contact_cost: f64,
    pub response_scale: f64,
    pub payment: BTreeMap<String, PaymentIn>,
}

#[derive(Deserialize)]
pub struct PaymentIn {
    pub label: String,
    pub start: f64,
    pub completion: BTreeMap<String, f64>,
    pub tariff: BTreeMap<String, f64>,
    pub floor: f64,
    pub cap: BTreeMap<String, f64>,
    pub equal_share: f64,
}

#[derive(Deserialize)]
pub struct SectorIn {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub short: String,
    pub shape: String,
}

#[derive(Deserialize)]
pub struct StakeholderIn {
    pub id: String,
    pub sector: String,
    pub role: String,
    pub org: String,
    pub voter: Option<String>,
    pub local: String,
    pub heard: String,
    pub speaks: BTreeMap<String, String>,
}

#[derive(Deserialize)]
pub struct VoterIn {
    pub id: String,
    pub sector: String,
}

#[derive(Deserialize)]
pub struct StatementIn {
    pub who: String,
    pub said: String,
    pub done: String,
    pub status: String,
}

#[derive(Deserialize)]
pub struct DecisionIn {
    pub recommend: String,
    pub headline: String,
    pub reasons: Vec<ReasonIn>,
    pub dissent: Vec<DissentIn>,
    pub conditions: Vec<String>,
    pub safeguards: Vec<String>,
    pub triggers: Vec<String>,
}

#[derive(Deserialize)]
pub struct ReasonIn {
    pub text: String,
    pub from: String,
}

#[derive(Deserialize)]
pub struct DissentIn {
    pub who: String,
    pub text: String,
}
