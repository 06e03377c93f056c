//! Tables, caseloads and workbooks made by hand to be wrong.

use std::fmt::Write as _;

use evenhand::exchange::TableKind as Kind;

use crate::{
    books::{Book, ROWS, sheet, texts},
    by_hand::{Case, GivenAs},
};

fn table(name: &'static str, kind: Kind, bytes: impl Into<Vec<u8>>) -> Case {
    Case { name, given_as: GivenAs::Table(kind), bytes: bytes.into() }
}

fn caseload(name: &'static str, bytes: impl Into<Vec<u8>>) -> Case {
    Case { name, given_as: GivenAs::Caseload, bytes: bytes.into() }
}

fn book(name: &'static str, book: &Book) -> Case {
    Case { name, given_as: GivenAs::Workbook(Kind::Scores), bytes: book.zipped() }
}

fn raw(name: &'static str, bytes: Vec<u8>) -> Case {
    Case { name, given_as: GivenAs::Workbook(Kind::Scores), bytes }
}

fn repeated(row: &str, times: usize) -> String {
    row.repeat(times)
}

pub fn tables() -> Vec<Case> {
    [text_tables(), cells_of_tables(), caseloads()].into_iter().flatten().collect()
}

fn text_tables() -> Vec<Case> {
    let wide: Vec<String> = (0..1_001).map(|n| format!("o{n}")).collect();
    vec![
        table("an empty table", Kind::Ballots, ""),
        table("a table of blank lines", Kind::Ballots, "\n\n,,,\n"),
        table("a table in UTF-16", Kind::Ballots, b"\xff\xfes\0e\0".to_vec()),
        table("a table in Latin 1", Kind::Ballots, b"sector,Cost\nPublic,\xa3 5\n".to_vec()),
        table("a table of noughts", Kind::Ballots, "sector,Cost\nPublic,\0\n"),
        table("a table parted by semicolons", Kind::Ballots, "sector;Cost\nPublic;5\n"),
        table("a quotation mark that is not closed", Kind::Ballots, "sector,Cost\nPublic,\"5\nPrivate,6\n"),
        table("a quotation mark not closed at the end", Kind::Ballots, "sector,Cost\nPublic,\""),
        table("a workspace for a table", Kind::Settings, "(format: 1)\n"),
        table("a table without its column", Kind::Ballots, "stakeholder,Cost\nDee,5\n"),
        table("a column twice", Kind::Groups, "group,group\nA,B\n"),
        table("a column twice in another case", Kind::Groups, "group, GROUP \nA,B\n"),
        table("a column that nobody knows", Kind::Groups, "group,colour\nA,red\n"),
        table("a cell beside the columns", Kind::Groups, "group\nA,B\n"),
        table("a column without a name", Kind::Groups, "group,,people_per_year\nA,B,5\n"),
        table("a character that cannot be seen", Kind::Groups, "group\nA\u{202e}B\n"),
        table("an escape for terminals", Kind::Groups, "group\nA\u{1b}[2J\n"),
        table("20,001 rows", Kind::Groups, format!("group\n{}", repeated("A\n", 20_001))),
        table("1,001 columns", Kind::Scores, format!("factor,side,{}\n", wide.join(","))),
        table(
            "a million cells and more",
            Kind::Groups,
            format!("group\n{}", repeated(&",".repeat(999), 1_001).replace(",,", ",\n,")),
        ),
    ]
}

fn cells_of_tables() -> Vec<Case> {
    let slips = |name, text: &str| Case { name, given_as: GivenAs::Ballots, bytes: text.as_bytes().to_vec() };
    let ballot = |name, cell: &str| slips(name, &format!("sector,Cost\nPublic,{cell}\n"));
    let score = |name, cell: &str| {
        table(
            name,
            Kind::Scores,
            format!("factor,side,scale,worst,best,Local\nCost,commercial,linear,0,100,{cell}\n"),
        )
    };
    let group =
        |name, columns: &str, cells: &str| table(name, Kind::Groups, format!("group,{columns}\nA,{cells}\n"));
    vec![
        ballot("points in words", "many"),
        ballot("points that are not a number", "NaN"),
        ballot("points past all numbers", "1e999"),
        ballot("points below nought", "-5"),
        ballot("points as a formula", "=1+1"),
        slips("a third round of ballots", "sector,round,Cost\nPublic,3,5\n"),
        slips("a ballot without a sector", "sector,Cost\n,5\n"),
        slips("a marginal perhaps", "sector,marginal,Cost\nPublic,perhaps,5\n"),
        score("a score in words", "good"),
        score("a score that falls", "7..6..8"),
        score("a score of two", "6..7"),
        score("a score that is a date", "1-3-2024"),
        score("a grade of nine", "50@9"),
        score("a spread of nought", "50~0"),
        score("a score that is infinite", "inf"),
        table("a factor twice", Kind::Scores, "factor,side,Local\nCost,commercial,1\ncost,commercial,2\n"),
        table("a side that is none", Kind::Scores, "factor,side,Local\nCost,fiscal,1\n"),
        group("people below nought", "people_per_year", "-3"),
        group("people past counting", "people_per_year", "99999999999999999999999"),
        group("a share above one", "outcome_supported", "140%"),
        group("money in words", "cost_supported", "lots"),
        table("a date that is none", Kind::Statements, "date,text\n31/2/2026,Hello\n"),
        table("a stance of nine", Kind::Statements, "stance,text\n9,Hello\n"),
        table("a price without a milestone", Kind::Payments, "option,group,milestone,price\nLocal,*,,700\n"),
        table("a threshold of an unknown kind", Kind::Terms, "option,threshold_kind\nLocal,quadratic\n"),
        table("an unknown setting", Kind::Settings, "setting,value\ncolour,red\n"),
        table("a stakeholder twice", Kind::Stakeholders, "stakeholder,sector\nDee,Public\nDEE,Public\n"),
    ]
}

fn caseloads() -> Vec<Case> {
    let head = "id,group,office,referred,accepted,started,contacts\n";
    // The sound rows before say what the columns mean.
    let sound: String = (0..9).fold(String::new(), |all, n| all + &format!("s{n},x,n,1,1,1,3\n"));
    let rows = |rows: &str| format!("{head}{sound}{rows}\n");
    let names: Vec<String> = (0..1_001).map(|n| format!("c{n}")).collect();
    let groups = (0..70).fold(String::new(), |mut all, n| {
        let _ = writeln!(all, "p{n},group {n},n,1,1,1,3");
        all
    });
    vec![
        caseload("an empty caseload", ""),
        caseload("a caseload of blank lines", "\n\n\n"),
        caseload("a caseload of noughts", vec![0_u8; 512]),
        caseload("a caseload in UTF-16", b"\xfe\xff\0i\0d".to_vec()),
        caseload("a caseload with the line ends of an old Macintosh", "id,group\ra,x\r"),
        caseload("names of columns in Latin 1", b"id,gro\xfcp\na,x\n".to_vec()),
        caseload("names of columns with an open quotation mark", "id,\"group\na,x\n"),
        caseload("1,001 columns of a caseload", format!("{}\n", names.join(","))),
        caseload("a caseload without groups and gates", "a,b\n1,2\n"),
        caseload("a row of a caseload cut short", rows("a,x,n,1,1,1,3\nb,x,n,1")),
        caseload("a row of a caseload too long", rows("a,x,n,1,1,1,3,9,9")),
        caseload("a gate passed perhaps", rows("a,x,n,1,perhaps,1,3")),
        caseload("a day that is none", rows("a,x,n,1,1,31/2/2025,3")),
        caseload("days both ways round", rows("a,x,n,1,1,13/4/2025,3\nb,x,n,1,1,4/13/2025,3")),
        caseload("contacts below nought", rows("a,x,n,1,1,1,-3")),
        caseload("contacts past all numbers", rows("a,x,n,1,1,1,1e999")),
        caseload("contacts that are not a number", rows("a,x,n,1,1,1,NaN")),
        caseload("a quotation mark inside a cell", rows("a,x,\"n\"orth,1,1,1,3")),
        caseload("a quotation mark that swallows the rest", rows("a,\"x,n,1,1,1,3\nb,x,n,1,1,1,3")),
        caseload("free text for groups", rows(&groups)),
        caseload(
            "a cell of a caseload of 100,000 letters",
            rows(&format!("a,{},n,1,1,1,3", "x".repeat(100_000))),
        ),
        caseload(
            "a cell of a caseload in Latin 1",
            [rows("a,x,n,1,1,1,3").into_bytes(), b"b,caf\xe9,n,1,1,1,3\n".to_vec()].concat(),
        ),
        Case {
            name: "a caseload in a workbook with an error in a cell",
            given_as: GivenAs::CaseloadWorkbook,
            bytes: Book::sound()
                .with_rows("<row r=\"1\"><c r=\"A1\" t=\"e\"><v>#DIV/0!</v></c></row>")
                .zipped(),
        },
        Case {
            name: "a caseload in a damaged workbook",
            given_as: GivenAs::CaseloadWorkbook,
            bytes: b"PK\x03\x04nothing".to_vec(),
        },
    ]
}

pub fn workbooks() -> Vec<Case> {
    [packages(), bombs(), parts_of_books(), cells_of_books()].into_iter().flatten().collect()
}

/// Where a number of two or four bytes stands behind a mark in a zip file.
fn stated(bytes: &mut [u8], mark: &[u8], behind: usize, value: &[u8]) {
    let places: Vec<usize> =
        bytes.windows(mark.len()).enumerate().filter(|(_, w)| *w == mark).map(|(at, _)| at).collect();
    for at in places {
        bytes[at + behind..at + behind + value.len()].copy_from_slice(value);
    }
}

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";

fn packages() -> Vec<Case> {
    let sound = Book::sound().zipped();
    let spoilt = |spoil: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = sound.clone();
        spoil(&mut bytes);
        bytes
    };
    vec![
        raw("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec()),
        raw("the beginning of a workbook", b"PK\x03\x04".to_vec()),
        raw("half a workbook", sound[..sound.len() / 2].to_vec()),
        raw("a workbook without its last byte", sound[..sound.len() - 1].to_vec()),
        raw(
            "parts that are encrypted",
            spoilt(&|bytes| {
                stated(bytes, LOCAL, 6, &[1]);
                stated(bytes, CENTRAL, 8, &[1]);
            }),
        ),
        raw(
            "parts packed in an unknown way",
            spoilt(&|bytes| {
                stated(bytes, LOCAL, 8, &[77, 0]);
                stated(bytes, CENTRAL, 10, &[77, 0]);
            }),
        ),
        raw("parts with a wrong sum", spoilt(&|bytes| stated(bytes, CENTRAL, 16, &[1, 2, 3, 4]))),
        raw("parts that state to be empty", spoilt(&|bytes| stated(bytes, CENTRAL, 24, &[0; 4]))),
        raw(
            "parts that begin beyond the file",
            spoilt(&|bytes| stated(bytes, CENTRAL, 42, &[0xf0, 0xff, 0xff, 0x7f])),
        ),
        book(
            "a zip file of something else",
            &Book { parts: vec![("readme.txt".to_owned(), b"hello".to_vec())] },
        ),
        book("a zip file with nothing in it", &Book { parts: Vec::new() }),
    ]
}

fn bombs() -> Vec<Case> {
    let zeros = vec![b'0'; 30 << 20];
    let inner = Book { parts: vec![("inner".to_owned(), zeros.clone())] }.zipped();
    let nested = Book { parts: (0..8).map(|n| (format!("xl/{n}.zip"), vec![0; 4 << 20])).collect() };
    let cells = (1..200_000).fold(String::new(), |mut all, row| {
        let _ = write!(all, "<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>");
        all
    });
    let laughs = "<!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>";
    let styles = format!(
        "<styleSheet><numFmts><numFmt numFmtId=\"200\" formatCode=\"{}\"/></numFmts><cellXfs>{}</cellXfs></styleSheet>",
        "0".repeat(4000),
        "<xf numFmtId=\"200\"/>".repeat(60_000)
    );
    vec![
        book("a sheet of 30 MB in 30 kB", &Book::sound().with("xl/worksheets/sheet1.xml", zeros)),
        book("zip files in a zip file", &nested.clone().with("xl/worksheets/inner.zip", inner)),
        book(
            "one text for 200,000 cells",
            &Book::sound()
                .with("xl/sharedStrings.xml", texts(&["x".repeat(30_000).as_str()]))
                .with_rows(&cells),
        ),
        book(
            "more texts than any table has",
            &Book::sound().with("xl/sharedStrings.xml", format!("<sst>{}</sst>", "<si/>".repeat(1_000_000))),
        ),
        book(
            "room for thousands of millions of texts",
            &Book::sound().bent("xl/sharedStrings.xml", "uniqueCount=\"5\"", "uniqueCount=\"4294967295\""),
        ),
        book(
            "room for more texts than there are numbers",
            &Book::sound().bent(
                "xl/sharedStrings.xml",
                "uniqueCount=\"5\"",
                "uniqueCount=\"9223372036854775807\"",
            ),
        ),
        book(
            "a text of two million letters",
            &Book::sound().with("xl/sharedStrings.xml", texts(&["x".repeat(2 << 20).as_str()])),
        ),
        book(
            "a text of a million runs",
            &Book::sound().with(
                "xl/sharedStrings.xml",
                format!("<sst><si>{}</si></sst>", "<r><t>x</t></r>".repeat(200_000)),
            ),
        ),
        book("a style with a long name in each of 60,000", &Book::sound().with("xl/styles.xml", styles)),
        book(
            "entities within entities",
            &Book::sound().with("xl/worksheets/sheet1.xml", format!("{laughs}{}", sheet(ROWS))),
        ),
        book(
            "a group of shared formulas past counting",
            &Book::sound().with_rows(
                "<row r=\"1\"><c r=\"A1\"><f t=\"shared\" si=\"4000000000\" ref=\"A1:A2\">1</f></c></row>",
            ),
        ),
        book(
            "a cell in the far corner",
            &Book::sound().with_rows("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>"),
        ),
        book(
            "a cell in each of 1,100 columns",
            &Book::sound()
                .with_rows(&(0..1_100).fold("<row r=\"1\">".to_owned(), |all, _| all + "<c><v>1</v></c>")),
        ),
    ]
}

fn parts_of_books() -> Vec<Case> {
    let sound = Book::sound;
    vec![
        book("no relations", &sound().without("_rels/.rels")),
        book("no workbook in the workbook", &sound().without("xl/workbook.xml")),
        book("no relations of the workbook", &sound().without("xl/_rels/workbook.xml.rels")),
        book("a sheet that is not there", &sound().without("xl/worksheets/sheet1.xml")),
        book("texts that are not there", &sound().without("xl/sharedStrings.xml")),
        book("relations of a document", &sound().bent("_rels/.rels", "officeDocument\"", "wordDocument\"")),
        book("a sheet in another file", &sound().bent("xl/_rels/workbook.xml.rels", "Target=\"worksheets/sheet1.xml\"", "Target=\"https://example.org/sheet1.xml\" TargetMode=\"External\"")),
        book("a sheet in another folder of the computer", &sound().bent("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "/../../etc/passwd")),
        book("a sheet of an unknown sort", &sound().bent("xl/_rels/workbook.xml.rels", "/worksheet\"", "/externalLink\"")),
        book("a chart for a sheet", &sound().bent("xl/_rels/workbook.xml.rels", "/worksheet\"", "/chartsheet\"").with("xl/worksheets/sheet1.xml", "<chartsheet/>")),
        book("a picture for a sheet", &sound().with("xl/worksheets/sheet1.xml", b"\x89PNG\r\n\x1a\n\0\0\0".to_vec())),
        book("a binary sheet", &sound().with("xl/worksheets/sheet1.xml", b"\x83\0\x84\0".to_vec())),
        book("an empty sheet", &sound().with("xl/worksheets/sheet1.xml", "")),
        book("a sheet cut off", &sound().with("xl/worksheets/sheet1.xml", &sheet(ROWS).as_bytes()[..220])),
        book("a sheet in UTF-16", &sound().with("xl/worksheets/sheet1.xml", sheet(ROWS).bytes().flat_map(|b| [b, 0]).collect::<Vec<u8>>())),
        book("two sheets of other names", &sound().bent("xl/workbook.xml", "<sheet name=\"scores\" sheetId=\"1\" r:id=\"rId1\"/>", "<sheet name=\"May\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"June\" sheetId=\"2\" r:id=\"rId1\"/>")),
        book("no sheet", &sound().bent("xl/workbook.xml", "<sheet name=\"scores\" sheetId=\"1\" r:id=\"rId1\"/>", "")),
        book("an extent upside down", &sound().bent("xl/worksheets/sheet1.xml", "<sheetData>", "<dimension ref=\"C9:A1\"/><sheetData>")),
    ]
}

fn cells_of_books() -> Vec<Case> {
    let cell = |name: &'static str, cell: &str| {
        let rows = ROWS.replace("<c r=\"C2\"><v>70</v></c>", cell);
        assert!(rows != ROWS);
        book(name, &Book::sound().with_rows(&rows))
    };
    vec![
        cell("an error in a cell", "<c r=\"C2\" t=\"e\"><v>#DIV/0!</v></c>"),
        cell("an unknown error in a cell", "<c r=\"C2\" t=\"e\"><v>#SPILLED!</v></c>"),
        cell("a formula without a value", "<c r=\"C2\"><f>1+1</f></c>"),
        cell("a formula that reaches outside", "<c r=\"C2\"><f>[1]Other!A1</f></c>"),
        cell("a formula that starts a program", "<c r=\"C2\"><f>cmd|'/c calc'!A0</f></c>"),
        cell(
            "a shared formula without a value",
            "<c r=\"C2\"><f t=\"shared\" si=\"0\" ref=\"C2:C9\">A1*2</f></c>",
        ),
        cell("a text that the list has not", "<c r=\"C2\" t=\"s\"><v>99</v></c>"),
        cell("a cell of an unknown type", "<c r=\"C2\" t=\"zz\"><v>1</v></c>"),
        cell("a yes that is none", "<c r=\"C2\" t=\"b\"><v>7</v></c>"),
        cell("a number that is none", "<c r=\"C2\" t=\"n\"><v>seventy</v></c>"),
        cell("a number in words without a type", "<c r=\"C2\"><v>seventy</v></c>"),
        cell("a number that is not one in a cell", "<c r=\"C2\"><v>NaN</v></c>"),
        cell("a number past all numbers in a cell", "<c r=\"C2\"><v>1e999</v></c>"),
        cell("a cell that goes round to another", "<c r=\"C4294967298\"><v>70</v></c>"),
        cell("a cell in a column past all columns", "<c r=\"ZZZZZZZZ2\"><v>70</v></c>"),
        cell("a cell in row nought", "<c r=\"C0\"><v>70</v></c>"),
        cell("a cell without a row", "<c r=\"C\"><v>70</v></c>"),
        cell("something unknown in a cell", "<c r=\"C2\"><w>70</w></c>"),
        cell("an unknown entity", "<c r=\"C2\" t=\"str\"><v>&who;</v></c>"),
        cell("an escape for terminals in a cell", "<c r=\"C2\" t=\"str\"><v>_x001B_[31m</v></c>"),
        cell("a text outside of the columns", "<c r=\"D2\" t=\"str\"><v>note</v></c>"),
    ]
}
