//! The package: what docx-rs leaves out of the parts it writes is put in here, and only here; and then all of it is zipped
//! with the same bytes every time.

use std::io::{Cursor, Write};

use docx_rs::Docx;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::body::Picture;
use super::styles;
use crate::exchange::handout::harmless;
use crate::exchange::report::{Paper, Stop, words};

/// The bytes of the document.
///
/// # Errors
/// When a part is not what it should be, which no paper brings about.
pub(super) fn packed(docx: Docx, paper: &Paper, pictures: &[Picture]) -> Result<Vec<u8>, Stop> {
    let mut parts = docx.build();
    parts.styles = styles::xml().into_bytes();
    parts.doc_props.core = core(paper).into_bytes();
    parts.document = document(&text(&parts.document)?, pictures).into_bytes();
    parts.document_rels = relations(&text(&parts.document_rels)?, pictures.len()).into_bytes();
    parts.content_type = types(&text(&parts.content_type)?).into_bytes();
    let mut bytes = Vec::new();
    parts.pack(Cursor::new(&mut bytes)).map_err(|error| failed(&error))?;
    again(&bytes, pictures)
}

fn failed(error: &dyn std::fmt::Display) -> Stop {
    Stop::Failed(format!("The Word document cannot be put together: {error}"))
}

fn text(part: &[u8]) -> Result<String, Stop> {
    String::from_utf8(part.to_vec()).map_err(|error| failed(&error))
}

/// The document with table heads that come again, and pictures that say what they show and are outlines first.
fn document(xml: &str, pictures: &[Picture]) -> String {
    // The first row after the grid of a table is the one with its heads.
    let xml = xml.replace(
        "</w:tblGrid><w:tr><w:trPr><w:cantSplit />",
        "</w:tblGrid><w:tr><w:trPr><w:cantSplit /><w:tblHeader />",
    );
    let mut out = String::with_capacity(xml.len() * 2);
    let mut rest = xml.as_str();
    let mut place = 0;
    while let Some((before, after)) = rest.split_once("<wp:docPr ") {
        let Some((_, after)) = after.split_once("/>") else { break };
        let Some(picture) = pictures.get(place) else { break };
        out.push_str(before);
        out.push_str(&format!(
            "<wp:docPr id=\"{id}\" name=\"Picture {id}\" descr=\"{says}\"/>",
            id = place + 1,
            says = harmless::html(&picture.says)
        ));
        let Some((before, after)) = after.split_once("<a:blip ") else { break };
        let Some((blip, after)) = after.split_once("/>") else { break };
        out.push_str(before);
        out.push_str(&format!(
            "<a:blip {blip}><a:extLst><a:ext uri=\"{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}\">\
             <asvg:svgBlip xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" \
             r:embed=\"rIdOutline{}\"/></a:ext></a:extLst></a:blip>",
            place + 1
        ));
        rest = after;
        place += 1;
    }
    out.push_str(rest);
    out
}

fn relations(xml: &str, pictures: usize) -> String {
    let outlines: String = (1..=pictures)
        .map(|number| {
            format!(
                "<Relationship Id=\"rIdOutline{number}\" \
                 Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" \
                 Target=\"media/outline{number}.svg\"/>"
            )
        })
        .collect();
    xml.replace("</Relationships>", &format!("{outlines}</Relationships>"))
}

fn types(xml: &str) -> String {
    xml.replace("</Types>", "<Default Extension=\"svg\" ContentType=\"image/svg+xml\"/></Types>")
}

/// What the file says of itself: its title, what it is about, its author where one is given, and the day of the paper.
fn core(paper: &Paper) -> String {
    let said = |name: &str, text: &str| match words::whole(text) {
        text if text.is_empty() => String::new(),
        text => format!("<{name}>{}</{name}>", harmless::html(&text)),
    };
    let author = paper.author.as_deref().unwrap_or_default();
    let day = paper.day.map_or_else(String::new, |day| {
        let at = |name: &str| {
            format!("<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:{name}>")
        };
        at("created") + &at("modified")
    });
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:dcmitype=\"http://purl.org/dc/dcmitype/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         {}{}{}<dc:language>en-GB</dc:language>{day}</cp:coreProperties>",
        said("dc:title", &paper.title),
        said("dc:subject", &paper.subject),
        said("dc:creator", author),
    )
}

/// The package once more, pressed together, without times, and with the outlines.
fn again(bytes: &[u8], pictures: &[Picture]) -> Result<Vec<u8>, Stop> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| failed(&error))?;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for index in 0..from.len() {
        let mut part = from.by_index(index).map_err(|error| failed(&error))?;
        if part.is_dir() {
            continue;
        }
        let name = part.name().map_err(|error| failed(&error))?.into_owned();
        to.start_file(name, options).map_err(|error| failed(&error))?;
        std::io::copy(&mut part, &mut to).map_err(|error| failed(&error))?;
    }
    for (index, picture) in pictures.iter().enumerate() {
        to.start_file(format!("word/media/outline{}.svg", index + 1), options)
            .map_err(|error| failed(&error))?;
        to.write_all(picture.svg.as_bytes()).map_err(|error| failed(&error))?;
    }
    Ok(to.finish().map_err(|error| failed(&error))?.into_inner())
}
