package io.demur.gateway;

import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Fault;
import io.demur.wire.ollama.OllamaFront;
import io.vertx.core.buffer.Buffer;

import java.lang.System.Logger.Level;

/** How what people ask of the desk is answered: as JSON, or as a page. */
final class DeskReply {

    private static final System.Logger LOGGER = System.getLogger(DeskReply.class.getName());

    private DeskReply() {}

    /** Does some work that answers, or says as JSON why not. */
    static void to(Arrival arrival, Apology.Work work) {
        try {
            work.run();
        } catch (BadCall e) {
            error(arrival, e.fault());
        } catch (RuntimeException e) {
            error(arrival, unavailable(e));
        }
    }

    /** Likewise, as a page. */
    static void asPage(Arrival arrival, Apology.Work work) {
        Fault fault;
        try {
            work.run();
            return;
        } catch (BadCall e) {
            fault = e.fault();
        } catch (RuntimeException e) {
            fault = unavailable(e);
        }
        page(arrival, fault.kind().status(), AppealPage.saying(fault.message()));
    }

    /** What was broken is for the log, without a word of what was asked. */
    private static Fault unavailable(RuntimeException e) {
        LOGGER.log(Level.ERROR, "the desk could not answer: {0}", Mishap.where(e));
        return Fault.of(
                Fault.Kind.UNAVAILABLE,
                "this cannot be looked up or kept at the moment; ask again");
    }

    private static void error(Arrival arrival, Fault fault) {
        Apology.send(arrival.http().response(), OllamaFront.error(fault));
    }

    static void json(Arrival arrival, int status, Json.Obj body) {
        arrival.http()
                .response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .putHeader("cache-control", "no-store")
                .end(Buffer.buffer(Canonical.bytes(body)));
    }

    /** A page that runs nothing, loads nothing and is shown in no other's frame. */
    static void page(Arrival arrival, int status, String html) {
        arrival.http()
                .response()
                .setStatusCode(status)
                .putHeader("content-type", "text/html; charset=utf-8")
                .putHeader(
                        "content-security-policy",
                        "default-src 'none'; form-action 'self'; base-uri 'none';"
                                + " frame-ancestors 'none'")
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("referrer-policy", "no-referrer")
                .putHeader("cache-control", "no-store")
                .end(Buffer.buffer(html));
    }
}
