package io.demur.gateway.incident;

import io.demur.core.Refusal;
import io.demur.core.charter.Settings;
import io.demur.core.harm.Hazard;
import io.demur.core.incident.Keeping;
import io.demur.core.incident.Prints;
import io.demur.core.incident.Refused;
import io.demur.core.incident.RefusedRequests;
import io.demur.core.incident.Sent;
import io.demur.core.policy.ModelClass;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.record.json.NotCanonical;
import io.demur.store.RequestPrint;

import java.lang.System.Logger.Level;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What is left of a request: whose it was, where it went, what became of it, and the prints by
 * which another is compared with it. No word of it.
 *
 * @param over when it was known what became of it; who asks in between asks beside it
 * @param body a keyed hash of what makes it the same when it is sent again
 * @param thread a keyed hash of all that was said in it, but for system prompts
 * @param protocol in which it was asked, such as {@code openai.chat}; empty in earlier ones
 */
record Footprint(
        String attempt,
        String principal,
        Optional<String> project,
        Instant at,
        Instant over,
        Optional<Hazard> hazard,
        OptionalDouble pHarm,
        boolean harmless,
        boolean approved,
        Way way,
        String body,
        String thread,
        String protocol,
        Fate fate,
        Prints prints) {

    private static final System.Logger LOGGER = System.getLogger(Footprint.class.getName());

    private static final byte VERSION = 1;
    private static final double MILLION = 1e6;

    Footprint {
        Objects.requireNonNull(way);
        Objects.requireNonNull(fate);
        Objects.requireNonNull(prints);
        at = at.truncatedTo(ChronoUnit.MICROS);
        over = over.truncatedTo(ChronoUnit.MICROS);
    }

    Footprint with(Prints other) {
        return new Footprint(
                attempt, principal, project, at, over, hazard, pHarm, harmless, approved, way, body,
                thread, protocol, fate, other);
    }

    /** The same as far as it may be a part of another. */
    Footprint asPart() {
        return with(prints.asPart());
    }

    /** What became of it. */
    Footprint with(Fate other, String server, Instant now, boolean released) {
        return new Footprint(
                attempt,
                principal,
                project,
                at,
                now,
                hazard,
                pHarm,
                harmless,
                approved || released,
                way.at(server),
                body,
                thread,
                protocol,
                other,
                prints);
    }

    /** Whether it has not ended, as far as is known, and began after a time. */
    boolean isUnderWay(Instant since) {
        return fate.equals(Fate.OPEN) && at.isAfter(since);
    }

    /** What an incident about it is filed under: what looks harmless is of no category. */
    Optional<Hazard> category() {
        return harmless ? Optional.empty() : hazard;
    }

    /** Whether a policy declares that this is asked once the other was refused elsewhere. */
    boolean isSanctioned(Settings settings, Footprint refused) {
        return refused.fate.by().filter(by -> by != Refusal.Origin.GATEWAY).isPresent()
                && settings.incidents()
                        .sanctions(refused.category(), way.model(), way.modelClass());
    }

    Sent sent() {
        return new Sent(attempt, hazard, pHarm, principal, project, at, prints);
    }

    /**
     * The same as something that was refused; nothing where it was not, or only because of another
     * that was: with that one it is compared.
     */
    Optional<Refused> refused() {
        return fate.carried().isPresent() ? Optional.empty() : fate.by().map(this::refusedBy);
    }

    private Refused refusedBy(Refusal.Origin by) {
        return new Refused(
                attempt,
                by,
                hazard,
                pHarm,
                harmless,
                way.model(),
                way.modelClass(),
                way.server(),
                principal,
                project,
                over,
                prints);
    }

    /** Whether it was kept back because of another refusal, and asks just what a later one does. */
    boolean isCarried(Footprint later) {
        return fate.carried().isPresent()
                && RefusedRequests.isSame(later.sent(), refusedBy(Refusal.Origin.GATEWAY));
    }

    /** A row as it is kept, until its time is over. */
    RequestPrint row(boolean compared) {
        return row(fate.kind(), compared);
    }

    /** The same of one that may only repeat another. */
    RequestPrint row(RequestPrint.Kind kind, boolean compared) {
        return new RequestPrint(
                attempt,
                principal,
                kind,
                fate.carried(),
                compared,
                bytes(),
                at,
                at.plus(Keeping.USUAL.window()));
    }

    /** What is left of one; nothing where it is damaged, or of a later release. */
    static Optional<Footprint> of(RequestPrint row) {
        try {
            return Optional.of(of(row.what()));
        } catch (IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, "`{0}` is not compared: {1}", row.attempt(), e.getMessage());
            return Optional.empty();
        }
    }

    /** What a store keeps of it: a version, what is known in canonical JSON, and the prints. */
    byte[] bytes() {
        TreeMap<String, Json> known = new TreeMap<>();
        text(known, "attempt", attempt);
        text(known, "principal", principal);
        project.ifPresent(it -> text(known, "project", it));
        known.put("at", new Json.Whole(ChronoUnit.MICROS.between(Instant.EPOCH, at)));
        known.put("over", new Json.Whole(ChronoUnit.MICROS.between(Instant.EPOCH, over)));
        hazard.ifPresent(it -> text(known, "hazard", it.name()));
        pHarm.ifPresent(it -> known.put("harm_ppm", new Json.Whole(Math.round(it * MILLION))));
        known.put("harmless", new Json.Bool(harmless));
        known.put("approved", new Json.Bool(approved));
        text(known, "model", way.model());
        text(known, "class", way.modelClass().name());
        text(known, "server", way.server());
        text(known, "system", way.system());
        text(known, "temperature", way.temperature());
        text(known, "body", body);
        text(known, "thread", thread);
        text(known, "protocol", protocol);
        text(known, "became", fate.became());
        fate.by().ifPresent(it -> text(known, "by", it.name()));
        fate.reason().ifPresent(it -> text(known, "reason", it));
        fate.carried().ifPresent(it -> text(known, "carried", it));
        byte[] json = Canonical.bytes(new Json.Obj(known));
        byte[] printed = prints.bytes();
        return ByteBuffer.allocate(1 + Integer.BYTES + json.length + printed.length)
                .put(VERSION)
                .putInt(json.length)
                .put(json)
                .put(printed)
                .array();
    }

    private static void text(TreeMap<String, Json> to, String name, String text) {
        to.put(name, new Json.Str(text));
    }

    /**
     * What {@link #bytes} wrote.
     *
     * @throws IllegalArgumentException if it did not
     */
    static Footprint of(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            byte version = in.get();
            int length = in.getInt();
            if (version != VERSION || length < 0 || length > in.remaining()) {
                throw new IllegalArgumentException(
                        "what is left of a request has version `%d`, not %d"
                                .formatted(version, VERSION));
            }
            byte[] json = new byte[length];
            in.get(json);
            byte[] printed = new byte[in.remaining()];
            in.get(printed);
            if (Canonical.read(json) instanceof Json.Obj known) {
                return new Known(known).footprint(Prints.of(printed));
            }
        } catch (BufferUnderflowException | NotCanonical e) {
            throw new IllegalArgumentException("what is left of a request is damaged", e);
        }
        throw new IllegalArgumentException("what is left of a request is no object");
    }

    /** What is known, by its names. */
    private record Known(Json.Obj fields) {

        private Optional<String> maybe(String name) {
            return fields.fields().get(name) instanceof Json.Str found
                    ? Optional.of(found.text())
                    : Optional.empty();
        }

        private String text(String name) {
            return maybe(name)
                    .orElseThrow(
                            () ->
                                    new IllegalArgumentException(
                                            "what is left of a request lacks `%s`"
                                                    .formatted(name)));
        }

        private boolean is(String name) {
            return fields.fields().get(name) instanceof Json.Bool found && found.value();
        }

        private long whole(String name) {
            if (fields.fields().get(name) instanceof Json.Whole found) {
                return found.number();
            }
            throw new IllegalArgumentException(
                    "what is left of a request lacks `%s`".formatted(name));
        }

        Footprint footprint(Prints prints) {
            return new Footprint(
                    text("attempt"),
                    text("principal"),
                    maybe("project"),
                    Instant.EPOCH.plus(whole("at"), ChronoUnit.MICROS),
                    Instant.EPOCH.plus(whole("over"), ChronoUnit.MICROS),
                    maybe("hazard").map(Hazard::valueOf),
                    fields.fields().containsKey("harm_ppm")
                            ? OptionalDouble.of(whole("harm_ppm") / MILLION)
                            : OptionalDouble.empty(),
                    is("harmless"),
                    is("approved"),
                    new Way(
                            text("model"),
                            ModelClass.valueOf(text("class")),
                            text("server"),
                            text("system"),
                            text("temperature")),
                    text("body"),
                    text("thread"),
                    maybe("protocol").orElse(""),
                    new Fate(
                            text("became"),
                            maybe("by").map(Refusal.Origin::valueOf),
                            maybe("reason"),
                            maybe("carried")),
                    prints);
        }
    }
}
