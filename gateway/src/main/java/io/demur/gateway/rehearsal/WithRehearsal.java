package io.demur.gateway.rehearsal;

import io.demur.core.charter.Charter;
import io.demur.core.rehearsal.Rehearsal;
import io.demur.gateway.profile.Profile;
import io.demur.gateway.upstream.Models;
import io.demur.gateway.upstream.Served;
import io.demur.gateway.upstream.Upstream;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The models of an installation, and the rehearsal model beside them. */
public final class WithRehearsal implements Models {

    private final Models others;
    private final Upstream rehearsal;

    /**
     * Adds the rehearsal model.
     *
     * @param clock the gate's
     */
    public WithRehearsal(Models others, Rehearsal rehearsal, InstantSource clock) {
        this.others = others;
        this.rehearsal = new RehearsalUpstream(rehearsal, clock);
    }

    @Override
    public Optional<Upstream> of(String name, Charter charter) {
        return Rehearsal.answersTo(name) ? Optional.of(rehearsal) : others.of(name, charter);
    }

    /** What is said of it holds whatever cues stand behind its name. */
    @Override
    public Optional<Served> find(String name, Charter charter) {
        return Rehearsal.answersTo(name)
                ? Optional.of(
                        new Served(
                                name,
                                Stream.of(name, Rehearsal.MODEL).collect(Collectors.toSet()),
                                charter.models().of(Rehearsal.MODEL),
                                rehearsal))
                : others.find(name, charter);
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
