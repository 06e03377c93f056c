//! Workbooks made part by part, sound ones and others.

use std::{
    fmt::Write as _,
    io::{Cursor, Write as _},
};

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// The parts of a workbook, by name.
#[derive(Clone)]
pub struct Book {
    pub parts: Vec<(String, Vec<u8>)>,
}

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A sheet of scores with texts in the list of texts.
pub const ROWS: &str = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row><row r="2"><c r="A2" t="s"><v>3</v></c><c r="B2" t="s"><v>4</v></c><c r="C2"><v>70</v></c></row>"#;
pub const TEXTS: [&str; 5] = ["factor", "side", "Local", "Cost", "commercial"];

pub fn sheet(rows: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    )
}

pub fn texts(texts: &[&str]) -> String {
    let items: String = texts.iter().fold(String::new(), |mut all, text| {
        let _ = write!(all, "<si><t>{text}</t></si>");
        all
    });
    format!(r#"<sst count="{0}" uniqueCount="{0}">{items}</sst>"#, texts.len())
}

impl Book {
    /// A sound workbook with one sheet.
    pub fn sound() -> Self {
        let rels = |inner: &str| format!("<Relationships>{inner}</Relationships>");
        let parts = [
            ("[Content_Types].xml", "<Types/>".to_owned()),
            (
                "_rels/.rels",
                rels(&format!(r#"<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>"#)),
            ),
            (
                "xl/workbook.xml",
                r#"<workbook xmlns:r="x"><sheets><sheet name="scores" sheetId="1" r:id="rId1"/></sheets></workbook>"#
                    .to_owned(),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                rels(&format!(
                    r#"<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>"#
                )),
            ),
            ("xl/styles.xml", r#"<styleSheet><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>"#.to_owned()),
            ("xl/sharedStrings.xml", texts(&TEXTS)),
            ("xl/worksheets/sheet1.xml", sheet(ROWS)),
        ];
        Self { parts: parts.map(|(name, text)| (name.to_owned(), text.into_bytes())).to_vec() }
    }

    /// The same with one part of other content, or with one part more.
    pub fn with(mut self, name: &str, content: impl Into<Vec<u8>>) -> Self {
        let content = content.into();
        match self.parts.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = content,
            None => self.parts.push((name.to_owned(), content)),
        }
        self
    }

    /// The same with one text of a part replaced wherever it stands.
    pub fn bent(self, name: &str, from: &str, to: &str) -> Self {
        let part = self.parts.iter().find(|(known, _)| known == name).expect("the part is there");
        let text = String::from_utf8(part.1.clone()).unwrap();
        assert!(text.contains(from), "{from} is not in {name}");
        let text = text.replace(from, to);
        self.with(name, text)
    }

    pub fn with_rows(self, rows: &str) -> Self {
        self.with("xl/worksheets/sheet1.xml", sheet(rows))
    }

    pub fn without(mut self, name: &str) -> Self {
        self.parts.retain(|(known, _)| known != name);
        self
    }

    pub fn zipped(&self) -> Vec<u8> {
        self.packed(CompressionMethod::Deflated)
    }

    pub fn stored(&self) -> Vec<u8> {
        self.packed(CompressionMethod::Stored)
    }

    /// Packed quickly, with noise that brings the file to this size at the least.
    pub fn of_size(&self, size: usize) -> Vec<u8> {
        let packed = self.packed(CompressionMethod::Deflated).len();
        let mut noise = vec![0; size.saturating_sub(packed)];
        // What begins with a nought is no markup.
        ChaCha8Rng::seed_from_u64(2).fill_bytes(noise.get_mut(1..).unwrap_or_default());
        self.write(CompressionMethod::Deflated, &noise)
    }

    fn packed(&self, method: CompressionMethod) -> Vec<u8> {
        self.write(method, &[])
    }

    fn write(&self, method: CompressionMethod, noise: &[u8]) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let mut archive = ZipWriter::new(&mut bytes);
        let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let level = (method == CompressionMethod::Deflated).then_some(1);
        let options = SimpleFileOptions::default().compression_method(method).compression_level(level);
        for (name, content) in &self.parts {
            archive.start_file(name, options).unwrap();
            archive.write_all(content).unwrap();
        }
        if !noise.is_empty() {
            archive.start_file("xl/media/noise.bin", plain).unwrap();
            archive.write_all(noise).unwrap();
        }
        archive.finish().unwrap();
        bytes.into_inner()
    }
}
