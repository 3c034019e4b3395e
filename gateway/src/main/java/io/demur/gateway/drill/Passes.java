package io.demur.gateway.drill;

import io.demur.core.access.Caller;
import io.demur.gateway.gate.Gate;
import io.demur.gateway.gate.Seen;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Outcome;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The passes that are out. Each is 256 bits drawn by lot for one drill; it is in the memory of this
 * process alone, good for one exchange, and no key of anybody. What is told here of outcomes goes
 * to the pass whose attempt it is. Safe for use by several threads.
 */
public final class Passes implements Seen {

    private static final String PREFIX = "drill_";

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Pass> unused = new ConcurrentHashMap<>();
    private final Map<String, Pass> out = new ConcurrentHashMap<>();

    /**
     * Lets a drill in once.
     *
     * @param inOwnWords whether what it asks is in words that ship
     */
    Pass issue(Caller caller, boolean inOwnWords) {
        byte[] drawn = new byte[32];
        random.nextBytes(drawn);
        Pass pass = new Pass(PREFIX + HexFormat.of().formatHex(drawn), caller, inOwnWords);
        out.put(pass.token(), pass);
        unused.put(pass.token(), pass);
        return pass;
    }

    /** The drill that comes in with this in the place of a key; nothing where it has come in. */
    public Optional<Pass> take(Optional<String> shown) {
        return shown.filter(it -> it.startsWith(PREFIX)).map(unused::remove);
    }

    /** Whether a request is a drill's own, whether or not it has come in. */
    public boolean knows(String shown) {
        return out.containsKey(shown);
    }

    /** It is over. */
    void over(Pass pass) {
        unused.remove(pass.token());
        out.remove(pass.token());
    }

    @Override
    public void attempted() {}

    @Override
    public void unwritten() {}

    @Override
    public void ended(Attempt attempt, Outcome outcome) {
        if (attempt.protocol().equals(Gate.DRILLS)) {
            for (Pass pass : out.values()) {
                if (pass.attempt().filter(attempt.id()::equals).isPresent()) {
                    pass.ended(outcome);
                }
            }
        }
    }
}
