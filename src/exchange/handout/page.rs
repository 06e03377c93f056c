//! A printed page: one HTML file that asks for nothing from outside, for A4 and for screens, light ink-saving lines and
//! the program's own type where the computer has it.

use super::harmless::html;

/// The look of every printed page.
const STYLE: &str = r#"
@page { size: A4; margin: 16mm 16mm 14mm; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { font-family: "Atkinson Hyperlegible Next", "Atkinson Hyperlegible", "Segoe UI", Verdana, "DejaVu Sans", sans-serif;
  font-size: 11pt; line-height: 1.4; color: #1b2430; background: #fff; max-width: 180mm; margin: 8mm auto; padding: 0 4mm;
  overflow-wrap: anywhere; }
section.paper + section.paper { break-before: page; margin-top: 16mm; border-top: 1px solid #8a8578; padding-top: 8mm; }
h1 { font-size: 18pt; line-height: 1.2; margin: 0 0 2mm; }
h2 { font-size: 13pt; margin: 6mm 0 1.5mm; break-after: avoid; }
p { margin: 0 0 2mm; }
.quiet { color: #4b5462; font-size: 10pt; }
.lead { font-size: 12pt; }
table { border-collapse: collapse; width: 100%; margin: 2mm 0 0; }
caption { text-align: left; font-size: 10pt; color: #4b5462; padding-bottom: 1.5mm; }
th, td { text-align: left; vertical-align: top; padding: 1.6mm 2mm 1.6mm 0; border-bottom: 1px solid #c9c3b5; font-weight: normal; }
thead th { font-size: 10pt; color: #4b5462; border-bottom: 1.5px solid #1b2430; }
tr { break-inside: avoid; }
th[scope=row] strong { display: block; }
td.box, th.box { width: 26mm; padding-right: 0; }
.write { display: block; border: 1.5px solid #1b2430; border-radius: 1.5mm; height: 9mm; }
.line { display: inline-block; border-bottom: 1.5px solid #1b2430; min-width: 62mm; height: 6mm; }
ol.places { list-style: none; display: flex; flex-wrap: wrap; gap: 3mm; padding: 0; margin: 2mm 0 0; }
ol.places li { width: 20mm; text-align: center; font-size: 10pt; color: #4b5462; break-inside: avoid; }
ul.plain { list-style: none; padding: 0; margin: 1mm 0 0; columns: 2; column-gap: 8mm; }
ul.plain li { break-inside: avoid; margin-bottom: 1mm; }
.badge { display: inline-block; min-width: 6mm; border: 1.5px solid #1b2430; border-radius: 1mm; text-align: center;
  font-weight: bold; margin-right: 2mm; padding: 0 1mm; }
.tick { display: inline-block; width: 4mm; height: 4mm; border: 1.5px solid #1b2430; vertical-align: -0.6mm; margin-right: 1.5mm; }
.back { border: 1.5px solid #1b2430; border-radius: 1.5mm; padding: 3mm 4mm; margin-top: 6mm; break-inside: avoid; }
.said { border-left: 3px solid #1b2430; padding-left: 4mm; margin: 0 0 4mm; break-inside: avoid; }
.said blockquote { margin: 0 0 1mm; font-size: 12pt; }
dl { margin: 0; } dt { float: left; clear: left; width: 30mm; color: #4b5462; } dd { margin: 0 0 0 32mm; }
@media print { body { margin: 0; padding: 0; max-width: none; } section.paper + section.paper { margin-top: 0; border: 0; padding: 0; } }
"#;

/// A whole page from what stands in it; `title` is plain text and `body` is HTML.
pub(super) fn document(title: &str, body: &str) -> String {
    styled(title, "style-src 'unsafe-inline'", STYLE, body)
}

/// A whole page with a style of its own; `policy` says what beside the page itself it may use, which is never anything
/// from outside.
pub(in crate::exchange) fn styled(title: &str, policy: &str, style: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; {policy}\">\n\
         <title>{}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        html(title)
    )
}
