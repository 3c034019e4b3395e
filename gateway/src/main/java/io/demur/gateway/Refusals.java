package io.demur.gateway;

import io.demur.core.Request;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Scope;
import io.demur.core.compose.Composed;
import io.demur.core.compose.Composer;
import io.demur.core.compose.Occasion;
import io.demur.core.compose.Purpose;
import io.demur.core.compose.Reference;
import io.demur.core.compose.Tongue;
import io.demur.core.harm.Assessment;
import io.demur.core.policy.Decision;
import io.demur.gateway.appeal.Links;
import io.demur.wire.chat.Reply;

import java.util.Locale;
import java.util.Optional;

/** Writes what this gateway says where it keeps something back. Immutable. */
public final class Refusals {

    /** In which form a caller gets it. */
    public enum Form {
        /** As what an assistant says: every client shows it. */
        TURN,
        /** In the field or the stop reason that the caller's protocol has for refusals. */
        STRUCTURED
    }

    private final Form form;
    private final Optional<String> address;
    private final Optional<Links> links;

    /**
     * Writes in one form.
     *
     * @param address where people reach this gateway; without it, they see a path alone
     * @param links to where a refusal can be appealed against; nothing where it cannot be
     */
    Refusals(Form form, Optional<String> address, Optional<Links> links) {
        this.form = form;
        this.address = address;
        this.links = links;
    }

    /** What was asked is kept from the model. */
    Composed ofRequest(
            String attempt,
            Request request,
            Charter charter,
            Assessment assessment,
            Decision decision) {
        return compose(
                refused(attempt), request, charter, assessment, decision, Occasion.Scope.REQUEST);
    }

    /**
     * What was asked waits for a person.
     *
     * @param held the attempt by which it is followed
     */
    Composed ofHeld(
            String held,
            Request request,
            Charter charter,
            Assessment assessment,
            Decision decision) {
        return compose(
                new Reference(
                        held,
                        Optional.of(address.orElse("") + HoldDesk.PATH + held),
                        Optional.empty()),
                request,
                charter,
                assessment,
                decision,
                Occasion.Scope.REQUEST);
    }

    /** The answer is kept from the caller, or the rest of it. */
    Composed ofAnswer(
            String attempt,
            Request request,
            Charter charter,
            Assessment assessment,
            Decision decision) {
        return compose(
                refused(attempt), request, charter, assessment, decision, Occasion.Scope.ANSWER);
    }

    private Reference refused(String attempt) {
        return new Reference(
                attempt, links.map(it -> address.orElse("") + it.path(attempt)), Optional.empty());
    }

    private static Composed compose(
            Reference reference,
            Request request,
            Charter charter,
            Assessment assessment,
            Decision decision,
            Occasion.Scope scope) {
        Optional<Purpose> purpose = charter.scope().map(Scope::forRefusals);
        return Composer.compose(
                new Occasion(request, assessment, decision, scope, purpose),
                charter.wording(),
                reference,
                Tongue.of(request).orElse(Tongue.ENGLISH));
    }

    /** The same as an answer. */
    Reply reply(Composed composed) {
        return plain(composed).with(composed.statement());
    }

    private Reply plain(Composed composed) {
        return switch (form) {
            case TURN -> Reply.of(composed.text());
            case STRUCTURED ->
                    Reply.refused(
                            composed.text(),
                            Optional.of(
                                    composed.statement().reason().code().toLowerCase(Locale.ROOT)));
        };
    }
}
