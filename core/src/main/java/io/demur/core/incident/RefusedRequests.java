package io.demur.core.incident;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers what was refused, by anybody, and says of later requests of the same principal or the
 * same project what they are like.
 *
 * <p>It knows no time but what the requests carry: a refusal counts for requests sent after it,
 * within the {@linkplain Keeping#window window}. Room is bounded; nobody can make what was refused
 * to others forgotten by having much refused. Where nothing was refused to a principal or in their
 * project, a request costs one look-up. Safe for use by several threads.
 */
public final class RefusedRequests {

    private final Keeping keeping;
    private final Map<String, LinkedHashMap<String, Refused>> byPrincipal = new HashMap<>();
    private final Map<String, LinkedHashMap<String, Refused>> byProject = new HashMap<>();
    private long weight;

    /** Nothing is remembered yet. */
    public RefusedRequests(Keeping keeping) {
        this.keeping = keeping;
    }

    /** Remembers a refused request; one of the same attempt takes the place of the earlier one. */
    public synchronized void remember(Refused refused) {
        take(refused.principal(), refused.attempt());
        byPrincipal
                .computeIfAbsent(refused.principal(), name -> new LinkedHashMap<>())
                .put(refused.attempt(), refused);
        refused.project()
                .ifPresent(
                        project ->
                                byProject
                                        .computeIfAbsent(project, name -> new LinkedHashMap<>())
                                        .put(refused.attempt(), refused));
        weight += refused.prints().weight();
        Map<String, Refused> theirs = byPrincipal.get(refused.principal());
        while (theirs != null && theirs.size() > keeping.perPrincipalMax()) {
            take(refused.principal(), theirs.keySet().iterator().next());
        }
    }

    /** Remembers again what a store has kept. */
    public void restore(Refused refused) {
        remember(refused);
    }

    /** Forgets all that was refused to somebody. */
    public synchronized void forget(String principal) {
        for (String attempt : List.copyOf(theirs(byPrincipal, principal).keySet())) {
            take(principal, attempt);
        }
    }

    /** Whether anything is remembered that a request of theirs could be like. */
    public synchronized boolean concerns(String principal, Optional<String> project) {
        return byPrincipal.containsKey(principal)
                || project.filter(byProject::containsKey).isPresent();
    }

    /**
     * What a request is like by its letters: for before the reply, in well under a millisecond.
     * The latest of those that it is most like.
     */
    public Optional<Resemblance> quick(Sent sent) {
        @Nullable Resemblance found = null;
        for (Refused refused : before(sent)) {
            if (same(refused.prints(), sent.prints())) {
                found = new Resemblance(refused, Method.EXACT, 1, List.of(sent.attempt()));
            }
        }
        return Optional.ofNullable(found);
    }

    /**
     * What a request is like by what it means, and by what it adds to earlier ones: for after the
     * reply, in some milliseconds. Empty where {@link #quick} has found it already; otherwise the
     * best first, each refused request once.
     *
     * @param earlier what the same principal sent before within the window, the oldest first; in
     *     which order does not matter, and neither what of it is older than a refusal
     */
    public List<Resemblance> closely(Sent sent, List<Sent> earlier) {
        return List.of();
    }

    /** Bytes that all of it takes, about. */
    public synchronized long weight() {
        return weight;
    }

    private synchronized List<Refused> before(Sent sent) {
        Set<Refused> all = new LinkedHashSet<>(theirs(byPrincipal, sent.principal()).values());
        sent.project().ifPresent(name -> all.addAll(theirs(byProject, name).values()));
        Instant oldest = sent.at().minus(keeping.window());
        List<Refused> before = new ArrayList<>();
        for (Refused refused : all) {
            boolean counts =
                    refused.at().isBefore(sent.at())
                            && !refused.at().isBefore(oldest)
                            && !refused.attempt().equals(sent.attempt());
            if (counts) {
                before.add(refused);
            }
        }
        return before;
    }

    private static boolean same(Prints one, Prints other) {
        if (one.keyId() != other.keyId()) {
            return false;
        }
        for (long ours : one.wholes()) {
            for (long theirs : other.wholes()) {
                if (ours == theirs) {
                    return true;
                }
            }
        }
        return false;
    }

    private static LinkedHashMap<String, Refused> theirs(
            Map<String, LinkedHashMap<String, Refused>> of, String name) {
        return of.getOrDefault(name, new LinkedHashMap<>());
    }

    private void take(String principal, String attempt) {
        Refused taken = theirs(byPrincipal, principal).remove(attempt);
        if (taken == null) {
            return;
        }
        weight -= taken.prints().weight();
        if (theirs(byPrincipal, principal).isEmpty()) {
            byPrincipal.remove(principal);
        }
        taken.project()
                .ifPresent(
                        project -> {
                            theirs(byProject, project).remove(attempt);
                            if (theirs(byProject, project).isEmpty()) {
                                byProject.remove(project);
                            }
                        });
    }
}
