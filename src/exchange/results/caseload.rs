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
            suppression::{Released, Shown},
            telling::{tells as both, tells_term},
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
    let told = Told::of(counted);
    let assessment = &assessment.as_told(counted, &told.released, workspace);
    let mut inner = Object::default();
    inner.put("source", counted.source.as_str());
    inner.put("hidden_under", counted.hidden_under);
    inner.put_or_reason("people", told.total(0));
    let gates = assessment.gates.iter().enumerate();
    inner.put("gates", gates.map(|(at, gate)| told.gate(at, gate, assessment)).collect::<Value>());
    inner.put("logistic", told.logistic(&assessment.adjusted));
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
    let told = Told::of(counted);
    let assessment = &assessment.as_told(counted, &told.released, &Workspace::default());
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
    let figure = |told: bool, figure: Figure| match figure {
        Ok(figure) if told => figure.to_string(),
        Ok(_) => "hidden".to_owned(),
        Err(_) => String::new(),
    };
    for (at, gate) in assessment.gates.iter().enumerate() {
        let name = guarded(&gate.name);
        for (g, group) in gate.result.groups.iter().enumerate() {
            let row = &told.released.groups[g];
            let (own, compares) = (told.tells(g, at), told.compares(g, at));
            write([
                name.clone(),
                guarded(&counted.groups[g].name),
                count(row.get(at)),
                count(row.get(at + 1)),
                figure(own, group.rate),
                figure(own, group.wilson.map(|limits| limits.low)),
                figure(own, group.wilson.map(|limits| limits.high)),
                figure(compares, group.p_holm),
            ]);
        }
        let total = &told.released.total;
        let all = ["All groups".to_owned(), count(total.get(at)), count(total.get(at + 1))];
        let [all, came, passed] = all;
        let rate = figure(both(total, at), gate.result.all.rate());
        write([name, all, came, passed, rate, String::new(), String::new(), String::new()]);
    }
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// What of a caseload may be told.
pub(crate) struct Told<'a> {
    pub counted: &'a Counted,
    pub released: Released,
}

impl<'a> Told<'a> {
    /// What of these counts may be told.
    #[must_use]
    pub fn of(counted: &'a Counted) -> Self {
        Self { counted, released: Released::of(counted) }
    }

    fn total(&self, stage: usize) -> Result<Value, &'static str> {
        shown(self.released.total.get(stage))
    }

    /// Whether those who came to a gate and those who passed it may be told, of a group.
    #[must_use]
    pub fn tells(&self, group: usize, gate: usize) -> bool {
        self.released.groups.get(group).is_some_and(|row| both(row, gate))
    }

    /// The same of every group and of all together.
    #[must_use]
    pub fn tells_all(&self, gate: usize) -> bool {
        both(&self.released.total, gate) && (0..self.released.groups.len()).all(|g| self.tells(g, gate))
    }

    /// Whether a group may be set against everyone else at a gate.
    #[must_use]
    pub fn compares(&self, group: usize, gate: usize) -> bool {
        self.tells(group, gate) && both(&self.released.total, gate)
    }

    /// Whether no count of a group at a provider or referrer is small at a gate: what is reckoned from them is then told
    /// to every digit, else to three.
    fn has_large_cells(&self, gate: usize) -> bool {
        let places = self.counted.providers.iter().chain(&self.counted.referrers);
        let small = |count: u64| (1..u64::from(self.counted.hidden_under)).contains(&count);
        !places.flat_map(|place| &place.groups).any(|counts| {
            let (came, passed) = (counts.came_to(gate), counts.passed(gate));
            small(came) || small(passed) || small(came - passed)
        })
    }

    fn rounded(&self, gate: usize, figure: Figure) -> Figure {
        if self.has_large_cells(gate) { figure } else { figure.map(three_figures) }
    }

    fn gate(&self, at: usize, gate: &GateAssessment, assessment: &Assessment) -> Value {
        let mut object = Object::default();
        object.put("gate", gate.name.as_str());
        object.put_or_reason("eligible", self.total(at));
        object.put_or_reason("passed", self.total(at + 1));
        object.put("is_refusal", assessment.refusals == Some(at));
        let groups = gate.result.groups.iter().enumerate();
        object.put("groups", groups.map(|(g, group)| self.group(at, g, gate, group)).collect::<Value>());
        let all = |figure: Figure| if self.tells_all(at) { figure } else { Err(Undefined(SMALL)) };
        object.figure("chi_squared", all(gate.result.chi_squared));
        object.put("degrees_of_freedom", gate.result.degrees_of_freedom);
        object.figure("p_value", all(gate.result.p_value));
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
                let figure = if self.compares(g, at) { figure } else { Err(Undefined(SMALL)) };
                (names[g], figure.map(finite).map_err(|undefined| undefined.0))
            });
            object.keyed(name, figures);
        }
        let providers = gate.providers.iter().enumerate();
        object.put("providers", providers.map(|(p, place)| self.provider(at, p, place)).collect::<Value>());
        let mut spread = Object::default();
        let figures = gate.spread.as_ref().map_err(|undefined| *undefined);
        spread.figure("phi", self.rounded(at, figures.map(|spread| spread.phi)));
        spread.figure("tau_squared", self.rounded(at, figures.map(|spread| spread.tau_squared)));
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
        object.put_or_reason("eligible", shown(self.released.groups[g].get(at)));
        object.put_or_reason("passed", shown(self.released.groups[g].get(at + 1)));
        let own = |figure: Figure| if self.tells(g, at) { figure } else { Err(Undefined(SMALL)) };
        let compared = |figure: Figure| if self.compares(g, at) { figure } else { Err(Undefined(SMALL)) };
        let low = |limits: Result<Limits, Undefined>| limits.map(|limits| limits.low);
        let high = |limits: Result<Limits, Undefined>| limits.map(|limits| limits.high);
        object.figure("rate", own(group.rate));
        object.figure("wilson_low", own(low(group.wilson)));
        object.figure("wilson_high", own(high(group.wilson)));
        object.figure("rate_ratio", compared(group.rate_ratio));
        object.figure("rate_ratio_low", compared(low(group.rate_ratio_limits)));
        object.figure("rate_ratio_high", compared(high(group.rate_ratio_limits)));
        object.figure("representation_ratio", compared(group.representation_ratio));
        // The best rate would be given away by the ratio to it.
        let best = gate.result.groups.iter().enumerate().filter(|(_, other)| other.impact_ratio == Ok(1.0));
        let best_is_told = best.map(|(b, _)| b).all(|b| self.tells(b, at));
        object.figure(
            "impact_ratio",
            if best_is_told { own(group.impact_ratio) } else { Err(Undefined(SMALL)) },
        );
        object.figure("p_value", compared(group.test.map(|test| test.p_value)));
        object.put_or_reason("test", group.test.map(|test| test.kind.word().into()).map_err(|u| u.0));
        object.figure("p_value_holm", compared(group.p_holm));
        object.figure("p_value_over_all", compared(gate.p_over_all[g]));
        object.into()
    }

    fn provider(&self, at: usize, p: usize, place: &PlaceAtGate) -> Value {
        let row = &self.released.providers[p];
        let told = both(row, at);
        let own = |figure: Figure| if told { figure } else { Err(Undefined(SMALL)) };
        let mut object = Object::default();
        object.put("provider", self.counted.providers[p].name.as_str());
        object.put_or_reason("observed", shown(row.get(at + 1)));
        object.figure("expected", self.rounded(at, own(place.expected)));
        object.figure("ratio", self.rounded(at, own(place.ratio)));
        object.figure("low", self.rounded(at, own(place.limits.map(|limits| limits.low))));
        object.figure("high", self.rounded(at, own(place.limits.map(|limits| limits.high))));
        object.put_or_reason("funnel", place.funnel.map(|place| place.word().into()).map_err(|u| u.0));
        object.into()
    }

    fn logistic(&self, adjusted: &[Adjusted]) -> Value {
        let gates = adjusted.iter().enumerate().map(|(at, adjusted)| {
            let mut object = Object::default();
            object.put("gate", adjusted.gate.as_str());
            object.put("adjusted_for", adjusted.traits.clone());
            object.put("against", adjusted.against.as_str());
            if !adjusted.reason.is_empty() {
                object.put("reason", adjusted.reason.as_str());
            }
            let terms = adjusted.terms.iter().map(|term| {
                let told = tells_term(self.counted, adjusted, term, |group| self.tells(group, at));
                let figure = |of: f64| told.map(|()| of);
                let half = crate::analysis::distributions::Z_95 * term.standard_error;
                let mut object = Object::default();
                object.put("gate", adjusted.gate.as_str());
                object.put("term", term.term.as_str());
                object.figure("coefficient", figure(term.coefficient));
                object.figure("standard_error", figure(term.standard_error));
                object.figure("odds_ratio", figure(libm::exp(term.coefficient)));
                object.figure("low", figure(libm::exp(term.coefficient - half)));
                object.figure("high", figure(libm::exp(term.coefficient + half)));
                let z = term.coefficient / term.standard_error;
                object.figure("p_value", figure(crate::analysis::distributions::normal_both_tails(z)));
                Value::from(object)
            });
            object.put("terms", terms.collect::<Value>());
            let deviance = adjusted.deviance.ok_or(Undefined("there is no fit"));
            object.figure("deviance", if self.tells_all(at) { deviance } else { Err(Undefined(SMALL)) });
            Value::from(object)
        });
        gates.collect()
    }

    fn concentration(&self, found: &Result<Concentration, Undefined>) -> Value {
        let last = self.counted.gates.len();
        let all = |row: &Vec<Shown>| row[0] != Shown::Hidden && row[last] != Shown::Hidden;
        let is_told = self.released.groups.iter().all(all);
        let figure = |of: fn(&Concentration) -> Figure| match found {
            Ok(_) if !is_told => Err(Undefined(SMALL)),
            Ok(found) => of(found),
            Err(why) => Err(*why),
        };
        let mut object = Object::default();
        object.figure("standard", figure(|c| c.standard));
        object.figure("wagstaff", figure(|c| c.wagstaff));
        object.figure("erreygers", figure(|c| c.erreygers));
        object.figure("kakwani", figure(|c| c.kakwani));
        object.into()
    }

    fn decomposition(&self, assessment: &Assessment) -> Value {
        let last = self.counted.gates.len();
        let rows = self.counted.providers.iter().zip(&assessment.decomposition).enumerate();
        rows.map(|(p, (provider, parts))| {
            let row = &self.released.providers[p];
            let is_told = row[0] != Shown::Hidden && row[last] != Shown::Hidden;
            let all_large = (0..last).all(|gate| self.has_large_cells(gate));
            let figure = |of: f64| if all_large { of } else { three_figures(of) };
            let parts = parts.and_then(|parts| if is_told { Ok(parts) } else { Err(Undefined(SMALL)) });
            let mut object = Object::default();
            object.put("provider", provider.name.as_str());
            object.figure("difference", parts.map(|parts| figure(parts.difference)));
            object.figure("mix", parts.map(|parts| figure(parts.mix)));
            object.figure("effect", parts.map(|parts| figure(parts.effect)));
            Value::from(object)
        })
        .collect()
    }

    /// Only where points lie: their counts are of groups at providers, which are not told.
    fn served(&self, served: &Result<Funnel, Undefined>) -> Value {
        let mut object = Object::default();
        let share = served.as_ref().map(|funnel| funnel.share).map_err(|why| *why);
        let is_told = self.released.total.iter().all(|shown| *shown != Shown::Hidden);
        object.figure("equal_share", if is_told { share } else { share.and(Err(Undefined(SMALL))) });
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
        let small = |count: u64| (1..u64::from(self.counted.hidden_under)).contains(&count);
        let found = assessment
            .bunching
            .and_then(|b| if small(b.before) || small(b.after) { Err(Undefined(SMALL)) } else { Ok(b) });
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
        let fewer = if self.compares(finding.group, finding.gate) {
            Ok(finding.fewer)
        } else {
            Err(Undefined(SMALL))
        };
        object.figure("fewer_than_others", fewer);
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

/// A figure to three figures, so that counts it is reckoned from cannot be tried out.
fn three_figures(figure: f64) -> f64 {
    format!("{figure:.2e}").parse().unwrap_or(figure)
}
