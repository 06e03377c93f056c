//! The formulas of the workbook, worked out anew by another program: what they come to is what the program found.

use std::{collections::HashMap, io::Cursor};

use calamine::{Data, Range, Reader as _, Xlsx};
use evenhand::{
    analysis::{Analysis, Undefined},
    exchange::{
        examples,
        results::Results,
        workbook::{self, Choices},
    },
    file::format,
    model::{
        Workspace,
        balance::{Scale, ScoreLevel, WeightsFrom},
    },
};

#[derive(Clone, Debug, PartialEq)]
enum Value {
    Empty,
    Number(f64),
    Words(String),
    Many(Vec<Value>),
}

impl Value {
    fn number(&self) -> f64 {
        match self {
            Self::Empty => 0.0,
            Self::Number(number) => *number,
            // What a spreadsheet calls an error; where it comes to the end it is no figure of the program.
            Self::Words(_) | Self::Many(_) => f64::NAN,
        }
    }

    fn many(self) -> Vec<Self> {
        if let Self::Many(many) = self { many } else { vec![self] }
    }

    /// What a spreadsheet does with two values: cell by cell, where either is a range.
    fn with(self, other: Self, what: &impl Fn(&Self, &Self) -> f64) -> Self {
        match (self, other) {
            (Self::Many(a), Self::Many(b)) => {
                assert_eq!(a.len(), b.len());
                Self::Many(a.iter().zip(&b).map(|(a, b)| Self::Number(what(a, b))).collect())
            }
            (Self::Many(a), b) => Self::Many(a.iter().map(|a| Self::Number(what(a, &b))).collect()),
            (a, Self::Many(b)) => Self::Many(b.iter().map(|b| Self::Number(what(&a, b))).collect()),
            (a, b) => Self::Number(what(&a, &b)),
        }
    }
}

/// The sheets of a workbook with their formulas.
struct Book {
    values: HashMap<String, Range<Data>>,
    formulas: Range<String>,
}

impl Book {
    fn of(workspace: &Workspace) -> Self {
        let analysis = Analysis::of(workspace);
        let results = Results {
            workspace,
            revision: 0,
            analysis: &analysis,
            robustness: Err(Undefined("nobody drew")),
            by_weights: None,
            better_information: None,
        };
        let bytes = workbook::write(&results, &Choices::default()).unwrap().0;
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let formulas = book.worksheet_formula("balance").unwrap();
        let values = book.worksheets().into_iter().collect();
        Self { values, formulas }
    }

    /// What a cell comes to; formulas are worked out, what is stored beside them is not looked at.
    fn cell(&self, sheet: &str, at: (u32, u32)) -> Value {
        let formula = self.formulas.get_value(at).filter(|formula| sheet == "balance" && !formula.is_empty());
        if let Some(formula) = formula {
            let mut reading = Reading { book: self, sheet, left: formula };
            let value = reading.compared();
            assert_eq!(reading.left, "", "{formula}");
            return value;
        }
        match self.values[sheet].get_value(at) {
            None | Some(Data::Empty) => Value::Empty,
            Some(Data::Float(number)) => Value::Number(*number),
            Some(Data::Int(number)) => Value::Number(*number as f64),
            Some(Data::String(words)) => Value::Words(words.clone()),
            Some(other) => panic!("{other:?}"),
        }
    }

    /// Works out every formula and holds it to what stands beside it; says how many there were.
    fn every_formula_comes_to_what_stands_there(&self) -> usize {
        let (top, left) = self.formulas.start().unwrap();
        let mut seen = 0;
        for (row, column, formula) in self.formulas.used_cells() {
            if formula.is_empty() {
                continue;
            }
            let at = (top + row as u32, left + column as u32);
            let own = self.cell("balance", at);
            match self.values["balance"].get_value(at) {
                Some(Data::Float(stands)) => {
                    assert!((own.number() - stands).abs() < 1e-9, "{at:?} {formula}: {own:?}, {stands}");
                }
                Some(Data::String(stands)) => {
                    assert_eq!(own, Value::Words(stands.clone()), "{at:?} {formula}")
                }
                other => panic!("{at:?}: {other:?}"),
            }
            seen += 1;
        }
        seen
    }
}

/// A formula that is being read.
struct Reading<'a> {
    book: &'a Book,
    sheet: &'a str,
    left: &'a str,
}

impl Reading<'_> {
    fn takes(&mut self, sign: &str) -> bool {
        let rest = self.left.strip_prefix(sign);
        rest.map(|rest| self.left = rest).is_some()
    }

    fn compared(&mut self) -> Value {
        let first = self.added();
        let same = |a: &Value, b: &Value| match (a, b) {
            (Value::Words(a), Value::Words(b)) => a == b,
            (Value::Words(_), _) | (_, Value::Words(_)) => false,
            (a, b) => a.number() == b.number(),
        };
        if self.takes("<=") {
            first.with(self.added(), &|a, b| f64::from(a.number() <= b.number()))
        } else if self.takes("<") {
            first.with(self.added(), &|a, b| f64::from(a.number() < b.number()))
        } else if self.takes(">") {
            first.with(self.added(), &|a, b| f64::from(a.number() > b.number()))
        } else if self.takes("=") {
            first.with(self.added(), &|a, b| f64::from(same(a, b)))
        } else {
            first
        }
    }

    fn added(&mut self) -> Value {
        let mut sum = self.multiplied();
        loop {
            if self.takes("+") {
                sum = sum.with(self.multiplied(), &|a, b| a.number() + b.number());
            } else if self.takes("-") {
                sum = sum.with(self.multiplied(), &|a, b| a.number() - b.number());
            } else {
                return sum;
            }
        }
    }

    fn multiplied(&mut self) -> Value {
        let mut product = self.single();
        loop {
            if self.takes("*") {
                product = product.with(self.single(), &|a, b| a.number() * b.number());
            } else if self.takes("/") {
                product = product.with(self.single(), &|a, b| a.number() / b.number());
            } else {
                return product;
            }
        }
    }

    fn single(&mut self) -> Value {
        if self.takes("(") {
            let value = self.compared();
            assert!(self.takes(")"));
            return value;
        }
        if self.takes("-") {
            return Value::Number(-self.single().number());
        }
        if self.takes("\"") {
            let (words, rest) = self.left.split_once('"').unwrap();
            self.left = rest;
            return Value::Words(words.to_owned());
        }
        if self.left.starts_with(|c: char| c.is_ascii_digit()) {
            return Value::Number(self.literal());
        }
        let end = self.left.find(|c: char| !(c.is_ascii_alphanumeric() || "$!:_".contains(c)));
        let (name, rest) = self.left.split_at(end.unwrap_or(self.left.len()));
        self.left = rest;
        if self.takes("(") { self.called(name) } else { self.cells(name) }
    }

    fn literal(&mut self) -> f64 {
        let mut end = 0;
        let bytes = self.left.as_bytes();
        while end < bytes.len()
            && (bytes[end].is_ascii_digit()
                || bytes[end] == b'.'
                || bytes[end] == b'E'
                || bytes[end] == b'-' && bytes[end - 1] == b'E')
        {
            end += 1;
        }
        let (number, rest) = self.left.split_at(end);
        self.left = rest;
        number.parse().unwrap()
    }

    fn cells(&self, name: &str) -> Value {
        let (sheet, name) = name.split_once('!').unwrap_or((self.sheet, name));
        let at = |name: &str| -> (u32, u32) {
            let name = name.replace('$', "");
            let digits = name.find(|c: char| c.is_ascii_digit()).unwrap();
            let (letters, row) = name.split_at(digits);
            let column = letters.bytes().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
            (row.parse::<u32>().unwrap() - 1, column - 1)
        };
        let Some((first, last)) = name.split_once(':') else { return self.book.cell(sheet, at(name)) };
        let ((top, left), (bottom, right)) = (at(first), at(last));
        let rows = (top..=bottom).flat_map(|row| (left..=right).map(move |column| (row, column)));
        Value::Many(rows.map(|at| self.book.cell(sheet, at)).collect())
    }

    fn called(&mut self, name: &str) -> Value {
        // A spreadsheet works out only the branch that is taken; here both are, and a fault in the other is none.
        let mut given = vec![self.compared()];
        while self.takes(",") {
            given.push(self.compared());
        }
        assert!(self.takes(")"), "{name}: {}", self.left);
        let plain = |value: &Value| if let Value::Number(number) = value { *number } else { 0.0 };
        match (name, given.as_slice()) {
            ("SUM", [cells]) => Value::Number(cells.clone().many().iter().map(plain).sum()),
            ("MIN", [a, b]) => Value::Number(a.number().min(b.number())),
            ("IF", [test, yes, no]) => {
                if test.number() != 0.0 {
                    yes.clone()
                } else {
                    no.clone()
                }
            }
            ("ISNUMBER", [Value::Many(cells)]) => {
                let is = |cell: &Value| Value::Number(f64::from(is_number(cell)));
                Value::Many(cells.iter().map(is).collect())
            }
            ("ISNUMBER", [cell]) => Value::Number(f64::from(is_number(cell))),
            ("SUMIF", [keys, key, cells]) => {
                let pairs = keys.clone().many().into_iter().zip(cells.clone().many());
                Value::Number(pairs.filter(|(own, _)| own == key).map(|(_, cell)| plain(&cell)).sum())
            }
            ("SUMPRODUCT", [cells]) => Value::Number(cells.clone().many().iter().map(plain).sum()),
            ("SUMPRODUCT", [a, b]) => {
                let pairs = a.clone().many().into_iter().zip(b.clone().many());
                Value::Number(pairs.map(|(a, b)| plain(&a) * plain(&b)).sum())
            }
            _ => panic!("{name} of {} things", given.len()),
        }
    }
}

fn is_number(cell: &Value) -> bool {
    matches!(cell, Value::Number(number) if !number.is_nan())
}

fn westmere() -> Workspace {
    format::from_text(examples::find("westmere").unwrap().text, "westmere").unwrap().workspace
}

/// A factor that people score, not one that Reach fills.
fn scored(w: &Workspace) -> usize {
    let fed: Vec<_> = w.reach.feeds.iter().map(|feed| feed.factor.clone()).collect();
    w.balance.factors.iter().position(|factor| !fed.contains(&factor.id)).unwrap()
}

#[test]
fn every_formula_comes_to_what_the_program_found() {
    let unknown = |w: &mut Workspace| {
        let (factor, option) = (w.balance.factors[scored(w)].id.clone(), w.question.options[1].id.clone());
        let score = w.balance.scores.iter_mut().find(|s| s.factor == factor && s.option == option);
        score.unwrap().level = ScoreLevel::Unknown;
    };
    let no_weight = |w: &mut Workspace| {
        w.balance.weights_from = WeightsFrom::Swings;
        w.balance.factors.iter_mut().for_each(|factor| factor.swing = Some(0.0));
    };
    let ties = |w: &mut Workspace| {
        let [first, second] = [0, 1].map(|at| w.question.options[at].id.clone());
        w.reach.feeds.clear();
        w.balance.scores.retain(|score| score.option != second);
        let same: Vec<_> = w.balance.scores.iter().filter(|score| score.option == first).cloned().collect();
        for mut score in same {
            score.option = second.clone();
            w.balance.scores.push(score);
        }
    };
    let lowest_price = |w: &mut Workspace| {
        let at = scored(w);
        w.balance.factors[at].scale = Scale::LowestPrice;
    };
    let curve = |w: &mut Workspace| {
        let at = scored(w);
        w.balance.factors[at].scale =
            Scale::Points(vec![(-5.0, 10.0), (1.0, 0.0), (3.5, 60.0), (90.0, 100.0)]);
    };
    let changes: [(&str, &dyn Fn(&mut Workspace)); 6] = [
        ("as it is", &|_| ()),
        ("a score is not known", &unknown),
        ("nothing has a weight", &no_weight),
        ("two options tie", &ties),
        ("the lowest price counts", &lowest_price),
        ("a curve of points", &curve),
    ];
    for (what, change) in changes {
        let mut workspace = westmere();
        change(&mut workspace);
        let seen = Book::of(&workspace).every_formula_comes_to_what_stands_there();
        // Two sums, the share of each factor, points and worth of each cell, five lines under each option.
        let (factors, options) = (workspace.balance.factors.len(), workspace.question.options.len());
        assert!(seen > factors + factors * options + 4 * options, "{what}: {seen} formulas");
    }
}

#[test]
fn the_formulas_know_their_own_language() {
    let book = Book::of(&westmere());
    let value = |formula: &str| {
        let mut reading = Reading { book: &book, sheet: "balance", left: formula };
        reading.compared()
    };
    assert_eq!(value("1+2*3-4/2"), Value::Number(5.0));
    assert_eq!(value("IF((2<3)*(1-0)>0,\"yes\",\"no\")"), Value::Words("yes".to_owned()));
    assert_eq!(value("MIN(100,2.5E-1/(-2)*100)"), Value::Number(-12.5));
}
