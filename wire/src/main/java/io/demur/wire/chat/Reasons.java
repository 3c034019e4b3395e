package io.demur.wire.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.core.compose.Statement;

import java.util.Optional;

/**
 * A statement of reasons as it stands in the body of a refusal, in a field of Demur's own. The
 * probabilities and the judges that it relies on are left out: they would tell whoever tries which
 * words move them. The record has them.
 */
public final class Reasons {

    /** No provider has a field of this name. */
    private static final String FIELD = "demur";

    private Reasons() {}

    /** Puts it into the object that ends a reply, where there is one. */
    public static void into(ObjectNode body, Optional<Statement> statement) {
        statement.ifPresent(it -> write(it, body.putObject(FIELD)));
    }

    private static void write(Statement statement, ObjectNode to) {
        to.put("attempt", statement.redress().attempt());
        to.put("decision", statement.decision().name());
        statement.kind().ifPresent(kind -> to.put("kind", kind.name()));
        to.put("scope", statement.scope().name());
        to.put("lasting", statement.lasting().name());
        to.put("detected", statement.detected().name());
        to.put("decided", statement.decided().name());
        to.put("reason", statement.reason().code());
        ArrayNode rules = to.putArray("rules");
        statement.rules().forEach(rules::add);
        statement.redress().appeal().ifPresent(it -> to.put("appeal", it));
        statement.redress().receipt().ifPresent(it -> to.put("receipt", it));
        to.put("language", statement.language());
    }
}
