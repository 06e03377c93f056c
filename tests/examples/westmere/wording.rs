//! What the Westmere workspace says beyond its inputs: short texts and assumptions, all part of the illustration.

use evenhand::model::reach::Referral;

/// Influence on the decision and stake in it, 0 to 10, as a facilitator would note them; by stakeholder.
pub const INFLUENCE_AND_STAKE: [(&str, f64, f64); 24] = [
    ("s1", 8.6, 8.2),
    ("s2", 7.6, 9.0),
    ("s3", 6.4, 7.4),
    ("s4", 5.2, 8.4),
    ("s5", 5.6, 6.2),
    ("s6", 4.6, 6.8),
    ("s7", 8.0, 9.6),
    ("s8", 6.8, 8.4),
    ("s9", 2.0, 5.2),
    ("s10", 3.2, 9.2),
    ("s11", 3.8, 9.7),
    ("s12", 3.0, 8.4),
    ("s13", 1.4, 7.6),
    ("s14", 2.2, 6.6),
    ("s15", 1.0, 9.4),
    ("s16", 1.6, 8.8),
    ("s17", 0.6, 8.4),
    ("s18", 0.8, 6.4),
    ("s19", 4.4, 7.7),
    ("s20", 2.8, 4.4),
    ("s21", 9.5, 6.4),
    ("s22", 6.2, 5.4),
    ("s23", 3.4, 5.8),
    ("s24", 1.8, 3.4),
];

/// Those whose voices are easily drowned out.
pub const MARGINAL: [&str; 2] = ["s15", "s16"];

/// Who would gain from which option: the bidder from the contract, the investor from its own, providers from the
/// partnership that would pay them; by stakeholder.
pub const GAINS_FROM: [(&str, &str); 5] =
    [("s7", "A"), ("s8", "C"), ("s10", "B"), ("s11", "B"), ("s12", "B")];

/// The share of each group that must be supported from which a floor counts as a minimum standard.
pub const MINIMUM_STANDARD_FROM: f64 = 0.4;

/// Probation and the prison refer under every option.
pub const REFERRAL: Referral = Referral::Commissioner;

/// What an hour of a worker is taken to cost, in pounds.
pub const POUNDS_AN_HOUR: f64 = 29.0;

/// The source of scores that rest on nothing measured. It is no item of evidence: each such score is an opinion of its
/// own, and an item behind them all would look like one thing counted many times.
pub const OPINION: &str = "Panel judgement";

/// What each source says, in a sentence.
pub const WHAT_SOURCES_SAY: [(&str, &str); 30] = [
    ("Reach model, flat tariff", "Who would be supported when everyone has one price."),
    ("Reach model, need bands", "Who would be supported when the block payment follows need."),
    ("Reach model, two tariffs", "Who would be supported with a high and a low price."),
    ("Reach model, take-up by group", "How many in each group would take up a budget of their own."),
    ("Reach model, 2 years of caseload", "Who has been supported in the last two years."),
    (
        "Two evaluations of flat-tariff contracts",
        "Reconvictions fell little where one price was paid for all.",
    ),
    ("Three-site comparison of mentoring", "Reconvictions fell by 6 to 9 points where one mentor stayed."),
    ("One investor pilot, matched group", "Reconvictions fell by 4 to 7 points against a matched group."),
    ("Westmere reconviction data, 3 years", "What today’s services have achieved in the borough."),
    ("Contractor’s method statement", "What the contractor says it would do."),
    ("Gatehouse pilot, 64 people", "Most people kept the same worker before and after release."),
    ("Pilot prospectus", "What the pilot set out to do."),
    ("Case file audit, 120 files", "About half kept the same worker before and after release."),
    ("Panel of 7", "Marks out of ten by seven people from different sectors."),
    ("Panel of 7, partner survey", "Marks out of ten, checked with the partners."),
    ("Provider cash model", "Which of nine local providers would still have cash at month 24."),
    ("Provider cash model, filed accounts", "The same from accounts filed by the providers."),
    ("Panel of 7, needs survey", "Marks out of ten, set beside the survey of needs."),
    (
        "Payment model and change cost",
        "Yearly payments and contract management for five years, and the change.",
    ),
    ("Ledger, last 3 years", "What was spent and saved in the last three years."),
    ("Contractor’s offer, not audited", "Savings that the contractor offers."),
    ("Investment cycle, cashable only", "Savings that could be taken out of budgets."),
    ("Investor’s prospectus", "Savings that the investor expects."),
    ("Contract schedule", "How far the price may move in a year."),
    ("Block terms, two boroughs", "How far the price moved in two boroughs with a block payment."),
    ("Term sheet", "How far the price may move under the investor’s terms."),
    ("Payment model", "The share of payments that hangs on results."),
    ("Soft market test", "Who said that they would bid."),
    ("Present suppliers", "Who supplies the service today."),
    ("Transition estimate", "What changing over would cost."),
];
