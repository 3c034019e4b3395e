package io.demur.gateway;

import io.demur.desk.Appealed;
import io.demur.desk.Appeals;
import io.demur.gateway.appeal.Redress;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** An appeal as a plain page: no script, no style, and nothing that anybody wrote. */
final class AppealPage {

    private AppealPage() {}

    /** How an appeal stands, or the form to make one. */
    static String of(Redress.Standing standing, String token, Instant now) {
        String attempt = standing.exchange().attempt();
        String body =
                standing.appeal()
                        .filter(it -> it.state() != Appealed.State.WITHDRAWN)
                        .map(it -> status(it, token, now))
                        .orElseGet(
                                () ->
                                        standing.exchange().isRefused()
                                                ? form(standing, token, now)
                                                : "<p>Nothing of this request was refused, so there"
                                                        + " is nothing to appeal against.</p>");
        return page("Appeal", "<p>Reference: %s</p>\n%s".formatted(escaped(attempt), body));
    }

    private static String form(Redress.Standing standing, String token, Instant now) {
        String before =
                standing.appeal()
                        .map(it -> "<p>%s</p>\n".formatted(escaped(words(it, now))))
                        .orElse("");
        return """
        %s<p>This request was refused. If you think that this was wrong, a person can look at it
        again. You can say why; whoever looks at it reads your words.</p>
        <form method="post" action="%s?t=%s">
        <p><label for="words">Why it should be answered (at most %d characters):</label></p>
        <p><textarea id="words" name="words" rows="12" cols="72" maxlength="%d"></textarea></p>
        <p><button>Ask for another look</button></p>
        </form>\
        """
                .formatted(
                        before,
                        escaped(standing.exchange().attempt()),
                        escaped(token),
                        Appeals.WORDS_MAX,
                        Appeals.WORDS_MAX);
    }

    private static String status(Appealed appeal, String token, Instant now) {
        String said = "<p>%s</p>".formatted(escaped(words(appeal, now)));
        if (appeal.state() != Appealed.State.OPEN) {
            return said;
        }
        return """
        %s
        <form method="post" action="%s/withdraw?t=%s">
        <p><button>Withdraw the appeal</button></p>
        </form>\
        """
                .formatted(said, escaped(appeal.attempt()), escaped(token));
    }

    /** How an appeal stands, in a sentence. */
    static String words(Appealed appeal, Instant now) {
        String since =
                appeal.decided().map(it -> it.truncatedTo(ChronoUnit.SECONDS) + "").orElse("");
        String reason = appeal.reason().orElse("");
        return switch (appeal.state()) {
            case OPEN -> "A person will look at this again; " + patience(appeal, now);
            case UPHELD ->
                    "The appeal was upheld at %s (%s): asked again, the request is decided afresh,"
                                    .formatted(since, reason)
                            + " and this refusal no longer counts against it.";
            case DENIED ->
                    "The appeal was denied at %s (%s): the refusal stands."
                            .formatted(since, reason);
            case WITHDRAWN -> "The appeal was withdrawn; another one can be made.";
        };
    }

    private static String patience(Appealed appeal, Instant now) {
        long days =
                Math.ceilDiv(
                        Duration.between(now, appeal.due()).toSeconds(),
                        Duration.ofDays(1).toSeconds());
        return days < 1
                ? "that should have been done by now, and is late."
                : "it should not take longer than %d more %s."
                        .formatted(days, days == 1 ? "day" : "days");
    }

    /** A page that says one thing. */
    static String saying(String words) {
        return page("Appeal", "<p>%s</p>".formatted(escaped(words)));
    }

    private static String page(String title, String body) {
        return """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>%s</title></head>
        <body>
        <h1>%s</h1>
        %s
        </body>
        </html>
        """
                .formatted(title, title, body);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
