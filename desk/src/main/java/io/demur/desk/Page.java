package io.demur.desk;

import java.util.List;

/** A page of HTML as it is written: every text is escaped, and nothing in it is a script. */
final class Page {

    private final StringBuilder out = new StringBuilder();

    /** A cell of a table, and how it is set. */
    record Cell(String text, String kind) {

        /** A number. */
        static Cell of(long number) {
            return new Cell("%,d".formatted(number), "");
        }

        /** Something as wide as a number. */
        static Cell of(String text) {
            return new Cell(text, "");
        }

        /** What the row is about. */
        static Cell name(String text) {
            return new Cell(text, "name");
        }

        /** A word. */
        static Cell text(String text) {
            return new Cell(text, "text");
        }

        /** A sentence. */
        static Cell wide(String text) {
            return new Cell(text, "wide");
        }
    }

    Page(String title, String style) {
        out.append(
                """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta http-equiv="Content-Security-Policy" \
                content="default-src 'none'; style-src 'unsafe-inline'">
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                """
                        .formatted(escaped(title), style));
    }

    Page title(String text) {
        return element("h1", text);
    }

    Page section(String text) {
        return element("h2", text);
    }

    Page say(String text) {
        return element("p", text);
    }

    Page note(String text) {
        out.append("<p class=\"note\">").append(escaped(text)).append("</p>\n");
        return this;
    }

    /** A number that stands out, and what it is. */
    Page tile(String number, String text) {
        out.append(
                "<div class=\"tile\"><b>%s</b><span>%s</span></div>\n"
                        .formatted(escaped(number), escaped(text)));
        return this;
    }

    Page tiles(Runnable inside) {
        out.append("<div class=\"tiles\">\n");
        inside.run();
        out.append("</div>\n");
        return this;
    }

    /** A table; a column is set as its first cell is. */
    Page table(List<String> header, List<List<Cell>> rows) {
        out.append("<div class=\"scroll\"><table>\n<thead><tr>");
        for (int i = 0; i < header.size(); i++) {
            boolean words = !rows.isEmpty() && !rows.getFirst().get(i).kind().isEmpty();
            String kind = words ? " class=\"text\"" : "";
            out.append("<th scope=\"col\"%s>%s</th>".formatted(kind, escaped(header.get(i))));
        }
        out.append("</tr></thead>\n<tbody>\n");
        for (List<Cell> row : rows) {
            out.append("<tr>");
            for (Cell cell : row) {
                String kind = cell.kind().isEmpty() ? "" : " class=\"%s\"".formatted(cell.kind());
                out.append("<td%s>%s</td>".formatted(kind, escaped(cell.text())));
            }
            out.append("</tr>\n");
        }
        out.append("</tbody></table></div>\n");
        return this;
    }

    /** Words and what they mean. */
    Page terms(List<List<String>> terms) {
        out.append("<dl>\n");
        for (List<String> term : terms) {
            out.append(
                    "<dt>%s</dt><dd>%s</dd>\n"
                            .formatted(escaped(term.getFirst()), escaped(term.getLast())));
        }
        out.append("</dl>\n");
        return this;
    }

    String whole() {
        return out + "</body>\n</html>\n";
    }

    private Page element(String name, String text) {
        out.append("<%s>%s</%s>\n".formatted(name, escaped(text), name));
        return this;
    }

    /** Text as it stands in a page, in quotes too. */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }
}
