package io.demur.gateway.rehearsal;

import io.demur.core.charter.Charter;
import io.demur.core.charter.Models.Placement;
import io.demur.core.rehearsal.Rehearsal;
import io.demur.gateway.profile.Profile;
import io.demur.gateway.upstream.Models;
import io.demur.gateway.upstream.Served;
import io.demur.gateway.upstream.Upstream;
import io.demur.wire.rehearsal.RehearsalEvents;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The models of an installation, and the rehearsal model beside them. */
public final class WithRehearsal implements Models {

    private final Models others;
    private final RehearsalEvents rehearsal;
    private final InstantSource clock;

    /**
     * Adds the rehearsal model.
     *
     * @param clock the gate's
     */
    public WithRehearsal(Models others, Rehearsal rehearsal, InstantSource clock) {
        this.others = others;
        this.rehearsal = new RehearsalEvents(rehearsal);
        this.clock = clock;
    }

    @Override
    public Optional<Upstream> of(String name, Charter charter) {
        return find(name, charter).map(Served::upstream);
    }

    /** What is said of it holds whatever cues stand behind its name. */
    @Override
    public Optional<Served> find(String name, Charter charter) {
        return Rehearsal.answersTo(name)
                ? Optional.of(served(name, charter.models().of(Rehearsal.MODEL)))
                : others.find(name, charter);
    }

    private Served served(String name, Placement placement) {
        return new Served(
                name,
                Stream.of(name, Rehearsal.MODEL).collect(Collectors.toSet()),
                placement,
                new RehearsalUpstream(rehearsal, clock, name, placement.model()));
    }

    @Override
    public List<Profile> profiles(String name) {
        return Rehearsal.answersTo(name) ? List.of() : others.profiles(name);
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>(List.of(Rehearsal.MODEL));
        names.addAll(others.names());
        return List.copyOf(names);
    }
}
