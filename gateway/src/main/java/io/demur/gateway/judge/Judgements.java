package io.demur.gateway.judge;

import io.demur.core.Band;
import io.demur.core.memory.Bounds;
import io.demur.core.memory.Conversations;
import io.demur.core.memory.MemoryKey;
import io.demur.core.memory.RefusalMemory;
import io.demur.core.memory.Trace;
import io.demur.gateway.offload.Offload;
import io.demur.record.keys.Pseudonyms;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Embed;
import io.demur.wire.chat.Operation;

import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges requests by what is new in them: a conversation that is sent again is recognised, and what
 * was found of it is carried on. Remembers what this gateway has refused. Safe for use by several
 * threads.
 */
public final class Judgements implements Judging {

    private static final System.Logger LOGGER = System.getLogger(Judgements.class.getName());

    /** Messages that conversations may go on from; each takes some ten kilobytes. */
    private static final int LINKS_MAX = 8_192;

    /** Refusals of what was refused before, each with two ids. */
    private static final int REPEATS_MAX = 16_384;

    /** Sets of tools, and system prompts, that are known. */
    private static final int KEPT_MAX = 1_024;

    final Judges judges;
    final Offload lengthy;
    final Second second;
    final Scopes scopes;
    final Meanings meanings = new Meanings();
    final Asides asides;
    final Conversations<Known> conversations;
    final RefusalMemory memory;
    private final TraceShelf shelf;
    private final Duration window;
    private final Map<Kept, Optional<Heard>> kept = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<String, String> repeats = new LinkedHashMap<>();

    /** Of what something is kept: of what kind it is, its digest, and by whom it was judged. */
    record Kept(Piece.Kind kind, ByteBuffer digest, Band band) {}

    /**
     * Judges with what is remembered.
     *
     * @param key under which conversations and refusals are hashed; another one forgets them
     * @param shelf what is kept there is remembered again; may be read for long
     * @param offload for what takes milliseconds
     * @param lengthy for what takes much longer, which the former must not wait behind
     */
    public Judgements(
            Judges judges,
            MemoryKey key,
            Bounds bounds,
            TraceShelf shelf,
            Offload offload,
            Offload lengthy) {
        this.judges = judges;
        this.lengthy = lengthy;
        this.shelf = shelf;
        window = bounds.window();
        second = new Second(judges, offload, lengthy);
        scopes = new Scopes(judges, offload);
        asides = new Asides(judges.quick(), meanings);
        conversations = new Conversations<>(key, LINKS_MAX);
        memory = new RefusalMemory(key, bounds);
        List<Trace> kept = shelf.all();
        long foreign = kept.stream().filter(trace -> !memory.restore(trace)).count();
        if (foreign > 0) {
            LOGGER.log(
                    Level.WARNING,
                    "{0} of {1} remembered refusals were made under another key and are not read",
                    foreign,
                    kept.size());
        }
    }

    /**
     * The key under which to remember, from the installation's key for names: one of its own, from
     * which the other cannot be told.
     */
    public static MemoryKey key(Pseudonyms pseudonyms) {
        byte[] name = "demur memory of refusals".getBytes(StandardCharsets.UTF_8);
        return MemoryKey.of(HexFormat.of().parseHex(pseudonyms.of(name)));
    }

    @Override
    public Hearing hear(Question question) {
        return switch (question.asked()) {
            case Call call -> new Sitting(this, question, Matter.of(call));
            case Embed embed -> new Sitting(this, question, Matter.of(embed));
            case Operation operation -> new Sitting(this, question, Matter.of(operation));
        };
    }

    /** A person found a refusal wrong: it binds no longer, nor does what came back to it. */
    public void upheld(String principal, String attempt) {
        memory.uphold(attempt).forEach(trace -> keep(principal, trace, window));
    }

    /**
     * The refusal that one came back to in the same words, as which it is remembered; nothing where
     * it is remembered by itself, or was long ago.
     */
    public Optional<String> earlier(String attempt) {
        synchronized (repeats) {
            return Optional.ofNullable(repeats.get(attempt));
        }
    }

    void repeated(String attempt, String earlier) {
        synchronized (repeats) {
            repeats.put(attempt, earlier);
            if (repeats.size() > REPEATS_MAX) {
                repeats.remove(repeats.keySet().iterator().next());
            }
        }
    }

    /**
     * Behind the request: who is refused does not wait for it.
     *
     * @param most how long anything of a request is kept; what counts no longer is not either
     */
    void keep(String principal, Trace trace, Duration most) {
        Duration kept = most.compareTo(window) < 0 ? most : window;
        var unused =
                shelf.keep(principal, trace, trace.at().plus(kept))
                        .exceptionally(
                                failure -> {
                                    LOGGER.log(
                                            Level.WARNING,
                                            "a refusal is remembered until this process ends, and"
                                                    + " no longer: {0}",
                                            failure.getClass().getName());
                                    return null;
                                });
    }

    /** How often the second judge was wanted and did not answer, by cause, since the start. */
    public Map<String, Long> lost() {
        return second.lost().counts();
    }

    /** What was found of strings that come with many requests. */
    Optional<Optional<Heard>> kept(Kept key) {
        synchronized (kept) {
            return Optional.ofNullable(kept.get(key));
        }
    }

    void keep(Kept key, Optional<Heard> found) {
        synchronized (kept) {
            kept.put(key, found);
            if (kept.size() > KEPT_MAX) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
    }

    /** Of strings, each after its length. */
    static ByteBuffer digest(List<String> strings) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (String string : strings) {
                byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
                sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
                sha.update(bytes);
            }
            return ByteBuffer.wrap(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
