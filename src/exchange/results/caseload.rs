//! The caseload check as one JSON object, small numbers hidden.

use serde_json::Value;

use super::{Object, finite};
use crate::{
    analysis::{
        Figure, Undefined,
        reach::caseload::{
            Assessment, GateAssessment, PlaceAtGate,
            concentration::Concentration,
            funnel::Funnel,
            gates::{GroupAtGate, Limits},
            parting::{Parting, Whose},
            small_numbers::SmallNumbers,
            suppression::Shown,
            telling::{told_against, told_deviance, told_term},
        },
    },
    exchange::table::guarded,
    model::{
        Workspace,
        reach::caseload::{Adjusted, Counted},
    },
};

pub use crate::analysis::reach::caseload::telling::SMALL;

/// The object: gates with their groups and providers, regressions, concentration, decomposition, findings, tripwires.
#[must_use]
pub fn caseload(counted: &Counted, assessment: &Assessment, workspace: &Workspace) -> Value {
    let assessment = &assessment.as_told(counted, workspace);
    let told = Told { counted, small: &assessment.small };
    let mut inner = Object::default();
    inner.put("source", counted.source.as_str());
    inner.put("hidden_under", counted.hidden_under);
    inner.put_or_reason("people", told.total(0));
    let gates = assessment.gates.iter().enumerate();
    inner.put("gates", gates.map(|(at, gate)| told.gate(at, gate, assessment)).collect::<Value>());
    inner.put("logistic", told.logistic(&assessment.adjusted));
    inner.put("logistic_fits", told.logistic_fits(&assessment.adjusted));
    inner.put("concentration_index", told.concentration(&assessment.concentration));
    inner.put("concentration_index_of_hours", told.concentration(&assessment.hours));
    inner.put("decomposition", told.decomposition(assessment));
    inner.put("served", told.served(&assessment.served));
    inner.put("bunching", told.bunching(assessment));
    inner.put("measures_that_part", assessment.parting.iter().map(|p| told.parting(p)).collect::<Value>());
    inner.put("findings", assessment.findings.iter().map(|f| told.finding(f, assessment)).collect::<Value>());
    inner.put("tripwires", told.tripwires(assessment, workspace));
    let mut object = Object::default();
    object.put("evenhand", env!("CARGO_PKG_VERSION"));
    object.put("caseload", inner);
    object.into()
}

/// The gates as comma-separated text, one row a gate and group, small numbers hidden; a name that a spreadsheet would run
/// as a formula is guarded by an apostrophe.
#[must_use]
pub fn caseload_table(counted: &Counted, assessment: &Assessment) -> String {
    let assessment = &assessment.as_told(counted, &Workspace::default());
    let small = &assessment.small;
    let mut out = csv::Writer::from_writer(Vec::new());
    let mut write = |cells: [String; 8]| {
        // invariant: memory takes every row, and rows are of one length.
        let _ = out.write_record(cells);
    };
    write(
        ["gate", "group", "came", "passed", "rate", "wilson_low", "wilson_high", "p_value_holm"]
            .map(str::to_owned),
    );
    let count = |shown: Option<&Shown>| {
        shown.and_then(|shown| shown.count()).map_or("hidden".to_owned(), |count| count.to_string())
    };
    let figure = |figure: Figure| match figure {
        Ok(figure) => figure.to_string(),
        Err(Undefined(SMALL)) => "hidden".to_owned(),
        Err(_) => String::new(),
    };
    for (at, gate) in assessment.gates.iter().enumerate() {
        let name = guarded(&gate.name);
        for (g, group) in gate.result.groups.iter().enumerate() {
            let row = &small.stages[g];
            write([
                name.clone(),
                guarded(&counted.groups[g].name),
                count(row.get(at)),
                count(row.get(at + 1)),
                figure(group.rate),
                figure(group.wilson.map(|limits| limits.low)),
                figure(group.wilson.map(|limits| limits.high)),
                figure(group.p_holm),
            ]);
        }
        let total = &small.all_stages;
        let all = ["All groups".to_owned(), count(total.get(at)), count(total.get(at + 1))];
        let [all, came, passed] = all;
        let rate = figure(if small.tells_rate_of_all(at) { gate.result.all.rate() } else { HIDDEN });
        write([name, all, came, passed, rate, String::new(), String::new(), String::new()]);
    }
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}

const HIDDEN: Figure = Err(Undefined(SMALL));

/// A caseload with what may be told of it.
struct Told<'a> {
    counted: &'a Counted,
    small: &'a SmallNumbers,
}

impl Told<'_> {
    fn total(&self, stage: usize) -> Result<Value, &'static str> {
        shown(self.small.all_stages.get(stage))
    }

    fn gate(&self, at: usize, gate: &GateAssessment, assessment: &Assessment) -> Value {
        let mut object = Object::default();
        object.put("gate", gate.name.as_str());
        object.put_or_reason("eligible", self.total(at));
        object.put_or_reason("passed", self.total(at + 1));
        object.put("is_refusal", assessment.refusals == Some(at));
        let groups = gate.result.groups.iter().enumerate();
        object.put("groups", groups.map(|(g, group)| self.group(at, g, gate, group)).collect::<Value>());
        object.figure("chi_squared", gate.result.chi_squared);
        let degrees = gate.result.degrees_of_freedom.into();
        let told = self.small.tells_every_rate(at);
        object.put_or_reason("degrees_of_freedom", if told { Ok(degrees) } else { Err(SMALL) });
        object.figure("p_value", gate.result.p_value);
        let (within, strata) = if gate.within_providers.is_empty() {
            ("referrer", &gate.within_referrers)
        } else {
            ("provider", &gate.within_providers)
        };
        object.put_or_reason(
            "within",
            if strata.is_empty() {
                Err("the table says no providers or referrers")
            } else {
                Ok(within.into())
            },
        );
        let names: Vec<&str> = self.counted.groups.iter().map(|group| group.name.as_str()).collect();
        for (name, of) in [
            ("mantel_haenszel_odds_ratio", 0_usize),
            ("mantel_haenszel_low", 1),
            ("mantel_haenszel_high", 2),
            ("crude_odds_ratio", 3),
        ] {
            let figures = strata.iter().enumerate().map(|(g, stratum)| {
                let figure = match of {
                    0 => stratum.odds_ratio,
                    1 => stratum.limits.map(|limits| limits.low),
                    2 => stratum.limits.map(|limits| limits.high),
                    _ => stratum.crude_odds_ratio,
                };
                (names[g], figure.map(finite).map_err(|undefined| undefined.0))
            });
            object.keyed(name, figures);
        }
        let providers = gate.providers.iter().enumerate();
        object.put("providers", providers.map(|(p, place)| self.provider(at, p, place)).collect::<Value>());
        let mut spread = Object::default();
        let figures = gate.spread.as_ref().map_err(|undefined| *undefined);
        spread.figure("phi", figures.map(|spread| spread.phi));
        spread.figure("tau_squared", figures.map(|spread| spread.tau_squared));
        object.put("overdispersion", spread);
        object.into()
    }

    fn group(&self, at: usize, g: usize, gate: &GateAssessment, group: &GroupAtGate) -> Value {
        let counted = &self.counted.groups[g];
        let mut object = Object::default();
        object.put("group", counted.name.as_str());
        if let Some(id) = &counted.need_group {
            object.put("need_group", id.as_str());
        }
        object.put_or_reason("eligible", shown(self.small.stages[g].get(at)));
        object.put_or_reason("passed", shown(self.small.stages[g].get(at + 1)));
        let low = |limits: Result<Limits, Undefined>| limits.map(|limits| limits.low);
        let high = |limits: Result<Limits, Undefined>| limits.map(|limits| limits.high);
        object.figure("rate", group.rate);
        object.figure("wilson_low", low(group.wilson));
        object.figure("wilson_high", high(group.wilson));
        object.figure("rate_ratio", group.rate_ratio);
        object.figure("rate_ratio_low", low(group.rate_ratio_limits));
        object.figure("rate_ratio_high", high(group.rate_ratio_limits));
        object.figure("representation_ratio", group.representation_ratio);
        object.figure("impact_ratio", group.impact_ratio);
        object.figure("p_value", group.test.map(|test| test.p_value));
        object.put_or_reason("test", group.test.map(|test| test.kind.word().into()).map_err(|u| u.0));
        object.figure("p_value_holm", group.p_holm);
        object.figure("p_value_over_all", gate.p_over_all[g]);
        object.into()
    }

    fn provider(&self, at: usize, p: usize, place: &PlaceAtGate) -> Value {
        let mut object = Object::default();
        object.put("provider", self.counted.providers[p].name.as_str());
        object.put_or_reason("observed", shown(self.small.providers[p].get(at + 1)));
        object.figure("expected", place.expected);
        object.figure("variance", place.variance);
        object.figure("ratio", place.ratio);
        object.figure("low", place.limits.map(|limits| limits.low));
        object.figure("high", place.limits.map(|limits| limits.high));
        object.put_or_reason("funnel", place.funnel.map(|place| place.word().into()).map_err(|u| u.0));
        object.into()
    }

    /// The terms of every gate's regression, one under the other.
    fn logistic(&self, adjusted: &[Adjusted]) -> Value {
        let of_gate = |(at, adjusted): (usize, &Adjusted)| {
            let terms = adjusted.terms.iter().map(|term| {
                let told = told_term(self.small, self.counted, at, term);
                let mut object = Object::default();
                object.put("gate", adjusted.gate.as_str());
                object.put("term", term.term.as_str());
                object.figure("coefficient", told.coefficient);
                object.figure("standard_error", told.standard_error);
                object.figure("odds_ratio", told.odds_ratio);
                object.figure("low", told.limits.map(|limits| limits.low));
                object.figure("high", told.limits.map(|limits| limits.high));
                object.figure("p_value", told.p_value);
                object.figure("deviance", told_deviance(self.small, self.counted, at));
                Value::from(object)
            });
            terms.collect::<Vec<_>>()
        };
        adjusted.iter().enumerate().flat_map(of_gate).collect()
    }

    /// What holds of each gate's regression as a whole, also where it has no term to tell.
    fn logistic_fits(&self, adjusted: &[Adjusted]) -> Value {
        let fits = adjusted.iter().enumerate().map(|(at, adjusted)| {
            let mut object = Object::default();
            object.put("gate", adjusted.gate.as_str());
            object.put("adjusted_for", adjusted.traits.clone());
            let against = told_against(self.small, self.counted, at);
            object.put_or_reason("against", against.map(Value::from).ok_or(SMALL));
            if !adjusted.reason.is_empty() {
                object.put("reason", adjusted.reason.as_str());
            }
            object.figure("deviance", told_deviance(self.small, self.counted, at));
            Value::from(object)
        });
        fits.collect()
    }

    fn concentration(&self, found: &Result<Concentration, Undefined>) -> Value {
        let figure = |of: fn(&Concentration) -> Figure| found.as_ref().map_err(|why| *why).and_then(of);
        let mut object = Object::default();
        object.figure("standard", figure(|c| c.standard));
        object.figure("wagstaff", figure(|c| c.wagstaff));
        object.figure("erreygers", figure(|c| c.erreygers));
        object.figure("kakwani", figure(|c| c.kakwani));
        object.into()
    }

    fn decomposition(&self, assessment: &Assessment) -> Value {
        let rows = self.counted.providers.iter().zip(&assessment.decomposition);
        rows.map(|(provider, parts)| {
            let mut object = Object::default();
            object.put("provider", provider.name.as_str());
            object.figure("difference", parts.map(|parts| parts.difference));
            object.figure("mix", parts.map(|parts| parts.mix));
            object.figure("effect", parts.map(|parts| parts.effect));
            Value::from(object)
        })
        .collect()
    }

    /// Only where points lie.
    fn served(&self, served: &Result<Funnel, Undefined>) -> Value {
        let mut object = Object::default();
        let share = served.as_ref().map(|funnel| funnel.share).map_err(|why| *why);
        object.figure("equal_share", share);
        let short = served.as_ref().map(Funnel::falling_short).unwrap_or_default();
        let short = short.iter().map(|point| {
            let mut object = Object::default();
            object.put("provider", self.counted.providers[point.provider].name.as_str());
            object.put("group", self.counted.groups[point.group].name.as_str());
            object.put("funnel", point.place.map_or("", |place| place.word()));
            object.put("beyond_chance", point.beyond_chance);
            Value::from(object)
        });
        object.put("falling_short", short.collect::<Value>());
        object.into()
    }

    fn bunching(&self, assessment: &Assessment) -> Value {
        let found = assessment.bunching;
        let mut object = Object::default();
        let count = |of: u64| Value::from(of);
        object.put_or_reason("two_weeks_before", found.map(|b| count(b.before)).map_err(|u| u.0));
        object.put_or_reason("two_weeks_after", found.map(|b| count(b.after)).map_err(|u| u.0));
        object.figure("p_value", found.map(|b| b.p_value));
        object.into()
    }

    fn parting(&self, parting: &Parting) -> Value {
        let mut object = Object::default();
        let (kind, name) = match parting.whose {
            Whose::Group(at) => ("group", self.counted.groups[at].name.as_str()),
            Whose::Provider(at) => ("provider", self.counted.providers[at].name.as_str()),
        };
        object.put(kind, name);
        object.put("above_others", parting.above.0.words());
        object.put("below_others", parting.below.0.words());
        object.into()
    }

    fn finding(
        &self,
        finding: &crate::analysis::reach::caseload::findings::Finding,
        all: &Assessment,
    ) -> Value {
        let mut object = Object::default();
        object.put("gate", all.gates[finding.gate].name.as_str());
        object.put("group", self.counted.groups[finding.group].name.as_str());
        object.put("firm", finding.is_firm());
        object.put("words", finding.words.as_str());
        object.put("fewer_than_others", finite(finding.fewer));
        object.into()
    }

    fn tripwires(&self, assessment: &Assessment, workspace: &Workspace) -> Value {
        let tried = assessment.tripwires.iter().map(|tried| {
            let tripwire = workspace.reach.caseload.tripwires.iter().find(|t| t.id == tried.tripwire);
            let mut object = Object::default();
            object.put("tripwire", tried.tripwire.as_str());
            let group = tried.group.map(|group| self.counted.groups[group].name.clone());
            object.put_or_reason("group", group.map(Value::from).ok_or("it is not in the caseload"));
            if let Some(tripwire) = tripwire {
                object.put("gate", tripwire.gate.as_str());
                object.put("statistic", tripwire.statistic.words());
                object.put("limit", finite(tripwire.limit));
                object.put("response", tripwire.response.as_str());
            }
            object.figure("value", tried.value);
            object.put_or_reason("tripped", tried.tripped.map(Value::from).map_err(|u| u.0));
            object.put_or_reason("beyond_chance", tried.beyond_chance.map(Value::from).map_err(|u| u.0));
            Value::from(object)
        });
        tried.collect()
    }
}

fn shown(shown: Option<&Shown>) -> Result<Value, &'static str> {
    shown.and_then(|shown| shown.count()).map(Value::from).ok_or(SMALL)
}
