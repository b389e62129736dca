// The hint's style sheet, adopted by each document or shadow root that has a field. A
// constructable sheet, so that no policy on inline styles stands in the way; without
// support for it the hint has the page's own looks.
import css from "../styles/widget.css";

let sheet;

export function adopt(root) {
  try {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
    }
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {}
}
