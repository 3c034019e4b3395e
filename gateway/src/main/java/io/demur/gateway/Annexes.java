package io.demur.gateway;

import io.demur.gateway.appeal.Redress;
import io.demur.gateway.casework.Casework;
import io.demur.gateway.drill.Drills;
import io.demur.gateway.hold.Waitlist;
import io.demur.gateway.incident.RouteArounds;

import java.util.Objects;
import java.util.Optional;

/**
 * What stands beside the exchanges, where it is there. Immutable.
 *
 * @param waitlist where what is held waits; nothing where nobody looks at it
 * @param drills what the gateway has in common with its drills; nothing where there are none
 * @param incidents sees what was refused and comes again; nothing where nobody looks for that
 * @param casework what people look at; nothing where nobody does
 * @param redress where appeals, reports and feedback go; nothing where nobody answers them
 */
public record Annexes(
        Optional<Waitlist> waitlist,
        Optional<Drills> drills,
        Optional<RouteArounds> incidents,
        Optional<Casework> casework,
        Optional<Redress> redress) {

    /** Nothing. */
    public static final Annexes NONE =
            new Annexes(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    public Annexes {
        Objects.requireNonNull(waitlist);
        Objects.requireNonNull(redress);
    }

    /** The same, and what is held waits there for a person. */
    public Annexes with(Waitlist other) {
        return new Annexes(Optional.of(other), drills, incidents, casework, redress);
    }

    /** The same, and it is drilled. */
    public Annexes with(Drills other) {
        return new Annexes(waitlist, Optional.of(other), incidents, casework, redress);
    }

    /** The same, and what was refused and comes again is seen. */
    public Annexes with(RouteArounds other) {
        return new Annexes(waitlist, drills, Optional.of(other), casework, redress);
    }

    /** The same, and people look at it. */
    public Annexes with(Casework other) {
        return new Annexes(waitlist, drills, incidents, Optional.of(other), redress);
    }

    /** The same, and refusals can be appealed against. */
    public Annexes with(Redress other) {
        return new Annexes(waitlist, drills, incidents, casework, Optional.of(other));
    }
}
