package io.demur.core.incident;

import io.demur.core.harm.Hazard;
import io.demur.core.incident.Weights.Kind;
import io.demur.core.incident.Weights.Row;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

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

    /** Bytes of one refused request beside its prints, about, names and index included. */
    private static final int OVERHEAD = 480;

    /** Earlier requests that may be parts. */
    private static final int EARLIER_MAX = 32;

    /** Refused requests for which parts are put together. */
    private static final int PIECES_OF = 16;

    private final Keeping keeping;
    private final Weights weights;
    private final Map<String, Shelf> byPrincipal = Collections.synchronizedMap(new HashMap<>());
    private final Map<String, Shelf> byProject = Collections.synchronizedMap(new HashMap<>());

    /** Principals by how much was refused to them. */
    private final TreeMap<Integer, LinkedHashSet<String>> counts = new TreeMap<>();

    private int count;
    private long weight;

    /** Nothing is remembered yet. */
    public RefusedRequests(Keeping keeping) {
        this(keeping, Weights.shipped());
    }

    /** The same with weights that are not the shipped ones, to measure them. */
    public RefusedRequests(Keeping keeping, Weights weights) {
        this.keeping = keeping;
        this.weights = weights;
    }

    /** Remembers a refused request; one of the same attempt takes the place of the earlier one. */
    public synchronized void remember(Refused whole) {
        Refused refused = held(whole);
        Shelf theirs = byPrincipal.computeIfAbsent(refused.principal(), name -> new Shelf());
        theirs.of(refused.attempt()).ifPresent(this::take);
        add(refused);
        while (shelf(byPrincipal, refused.principal()).count() > keeping.perPrincipalMax()) {
            shelf(byPrincipal, refused.principal()).oldest().ifPresent(this::take);
        }
        while (count > 1 && (count > keeping.allMax() || weight > keeping.bytesMax())) {
            String most = counts.lastEntry().getValue().getFirst();
            shelf(byPrincipal, most).oldest().ifPresent(this::take);
        }
    }

    /** Names are held once, however many requests bear them. */
    private static Refused held(Refused whole) {
        return new Refused(
                whole.attempt(),
                whole.by(),
                whole.hazard(),
                whole.pHarm(),
                whole.harmless(),
                whole.model().intern(),
                whole.modelClass(),
                whole.server().intern(),
                whole.principal().intern(),
                whole.project().map(String::intern),
                whole.at(),
                whole.prints().held());
    }

    /** Forgets all that was refused to somebody. */
    public synchronized void forget(String principal) {
        shelf(byPrincipal, principal).all().forEach(this::take);
    }

    /** Forgets all that no request can be like any more: what is older than the window. */
    public synchronized void expire(Instant now) {
        Instant oldest = now.minus(keeping.window());
        for (Shelf shelf : List.copyOf(byPrincipal.values())) {
            shelf.before(oldest).forEach(this::take);
        }
    }

    /** Whether anything is remembered that a request of theirs could be like. */
    public boolean concerns(String principal, Optional<String> project) {
        return byPrincipal.containsKey(principal)
                || project.filter(byProject::containsKey).isPresent();
    }

    /** Bytes that all of it takes, about. */
    public synchronized long weight() {
        return weight;
    }

    private static Shelf shelf(Map<String, Shelf> of, String name) {
        return of.getOrDefault(name, new Shelf());
    }

    private void add(Refused refused) {
        recount(refused.principal(), 1);
        byPrincipal.computeIfAbsent(refused.principal(), name -> new Shelf()).put(refused);
        if (refused.project().isPresent()) {
            Shelf project =
                    byProject.computeIfAbsent(refused.project().orElseThrow(), name -> new Shelf());
            project.put(refused);
            // of a project only its latest are compared; they stay with their principals
            while (project.count() > keeping.perPrincipalMax()) {
                project.oldest().ifPresent(oldest -> project.take(oldest.attempt()));
            }
        }
        count++;
        weight += weight(refused);
    }

    private static long weight(Refused refused) {
        return OVERHEAD + (long) refused.prints().weight();
    }

    private void take(Refused refused) {
        recount(refused.principal(), -1);
        take(byPrincipal, refused.principal(), refused);
        refused.project().ifPresent(project -> take(byProject, project, refused));
        count--;
        weight -= weight(refused);
    }

    private static void take(Map<String, Shelf> from, String name, Refused refused) {
        Shelf shelf = shelf(from, name);
        shelf.take(refused.attempt());
        if (shelf.count() == 0) {
            from.remove(name);
        }
    }

    private void recount(String principal, int more) {
        int before = shelf(byPrincipal, principal).count();
        LinkedHashSet<String> equals = counts.get(before);
        if (equals != null && equals.remove(principal) && equals.isEmpty()) {
            counts.remove(before);
        }
        int after = before + more;
        weight += before == 0 ? Shelf.WEIGHT : after == 0 ? -Shelf.WEIGHT : 0;
        if (after > 0) {
            counts.computeIfAbsent(after, n -> new LinkedHashSet<>()).add(principal);
        }
    }

    /**
     * What a request is like by its letters: for before the reply, in well under a millisecond. The
     * latest of those with the same letters; otherwise the one that it is most like.
     */
    public Optional<Resemblance> quick(Sent sent) {
        return likest(byLetters(sent));
    }

    /**
     * The same, and behind it others that the request is as surely like: of each that differs in
     * who refused it, for what, or to whom, the most harmful. So no refusal hides a graver one.
     */
    public List<Resemblance> quickly(Sent sent) {
        List<Resemblance> found = byLetters(sent);
        return Gravest.of(likest(found), found, sent);
    }

    private List<Resemblance> byLetters(Sent sent) {
        Likeness likeness = new Likeness(sent, false);
        Row row = weights.row(Kind.RUNS);
        List<Resemblance> found = new ArrayList<>();
        for (Refused refused : candidates(sent)) {
            if (likeness.isExact(refused)) {
                found.add(found(refused, sent, Method.EXACT, 1));
                continue;
            }
            double p = likeness.runs(refused).map(signs -> row.p(signs.of())).orElse(0.0);
            if (p >= row.found()) {
                found.add(found(refused, sent, Method.MINHASH, p));
            }
        }
        return found;
    }

    private static Optional<Resemblance> likest(List<Resemblance> found) {
        return found.stream()
                .filter(it -> it.method() == Method.EXACT)
                .max(Comparator.comparing(it -> it.refused().at()))
                .or(() -> found.stream().max(Comparator.comparingDouble(Resemblance::similarity)));
    }

    /**
     * Whether anything of some categories is remembered that a request of theirs could be like.
     *
     * @param hazards as {@linkplain Refused#category categories} of what was refused
     */
    public boolean concerns(String principal, Optional<String> project, Set<Hazard> hazards) {
        return !hazards.isEmpty()
                && Stream.concat(
                                shelf(byPrincipal, principal).all().stream(),
                                project.stream()
                                        .flatMap(name -> shelf(byProject, name).all().stream()))
                        .anyMatch(refused -> isOf(refused, hazards));
    }

    private static boolean isOf(Refused refused, Set<Hazard> hazards) {
        return refused.category().filter(hazards::contains).isPresent();
    }

    /** Whether a request has just the letters of a refused one. */
    public static boolean isSame(Sent sent, Refused refused) {
        return refused.prints().keyId() == sent.prints().keyId()
                && new Likeness(sent, false).isExact(refused);
    }

    /** The attempts at which just this was refused to the same principal. */
    public List<String> same(Sent sent) {
        Likeness likeness = new Likeness(sent, false);
        return shelf(byPrincipal, sent.principal()).candidates(sent.prints()).stream()
                .filter(refused -> refused.prints().keyId() == sent.prints().keyId())
                .filter(likeness::isExact)
                .map(Refused::attempt)
                .toList();
    }

    private static Resemblance found(Refused refused, Sent sent, Method method, double p) {
        return new Resemblance(refused, method, p, List.of(sent.attempt()));
    }

    /**
     * What a request is like by what it means, and by what it adds to earlier ones: for after the
     * reply, in some milliseconds. Of what {@link #quick} finds, nothing; otherwise those that it
     * is most like first, each refused request once.
     *
     * @param earlier what the same principal sent before, the oldest first; only the latest few are
     *     looked at, and of those only what was sent after the refusal
     */
    public List<Resemblance> closely(Sent sent, List<Sent> earlier) {
        return quick(sent).isPresent() ? List.of() : all(sent, before(sent), earlier, true, false);
    }

    /**
     * The same of what was refused for one of these, whether or not letters say it too: what it is
     * most like, and behind that the gravest, as in {@link #quickly}.
     */
    public List<Resemblance> closely(Sent sent, List<Sent> earlier, Set<Hazard> hazards) {
        List<Refused> before =
                before(sent).stream().filter(refused -> isOf(refused, hazards)).toList();
        List<Resemblance> found = all(sent, before, earlier, true, false);
        return Gravest.of(found.stream().findFirst(), found, sent);
    }

    /** The same by words alone, as if nobody had a point. */
    public List<Resemblance> closelyByWords(Sent sent, List<Sent> earlier) {
        return quick(sent).isPresent() ? List.of() : all(sent, before(sent), earlier, false, false);
    }

    /**
     * What a request may be like, but too little for {@link #closely} to say so: what a {@link
     * SameRequest} judge is asked about, where there is one. The likeliest first.
     */
    public List<Resemblance> doubtful(Sent sent) {
        return all(sent, before(sent), List.of(), true, true);
    }

    private List<Resemblance> all(
            Sent sent, List<Refused> before, List<Sent> earlier, boolean points, boolean doubtful) {
        Likeness likeness = new Likeness(sent, points);
        List<Resemblance> found = new ArrayList<>();
        for (Refused refused : before) {
            likeness.meaning(refused)
                    .flatMap(signs -> judged(refused, sent, signs, doubtful))
                    .ifPresent(found::add);
        }
        if (!earlier.isEmpty()) {
            pieces(likeness, sent, earlier, points, before, found);
        }
        found.sort(Comparator.comparingDouble(Resemblance::similarity).reversed());
        return List.copyOf(found);
    }

    private Optional<Resemblance> judged(
            Refused refused, Sent sent, Signs signs, boolean doubtful) {
        Row row = weights.row(signs.kind());
        double p = row.p(signs.of());
        boolean counts = doubtful ? p >= row.doubtful() && p < row.found() : p >= row.found();
        Method method = doubtful ? Method.JUDGE : Method.EMBEDDING;
        return counts ? Optional.of(found(refused, sent, method, p)) : Optional.empty();
    }

    private void pieces(
            Likeness likeness,
            Sent sent,
            List<Sent> earlier,
            boolean points,
            List<Refused> before,
            List<Resemblance> found) {
        List<Likeness> parts =
                earlier.stream()
                        .skip(Math.max(0, earlier.size() - EARLIER_MAX))
                        .filter(part -> !part.attempt().equals(sent.attempt()))
                        .map(part -> new Likeness(part, points))
                        .toList();
        Set<String> already = new LinkedHashSet<>();
        found.forEach(one -> already.add(one.refused().attempt()));
        List<Refused> promising =
                before.stream()
                        .filter(refused -> refused.principal().equals(sent.principal()))
                        .filter(refused -> !already.contains(refused.attempt()))
                        .map(refused -> new Promising(refused, likeness.promise(refused)))
                        .sorted(Comparator.comparingDouble(Promising::promise).reversed())
                        .limit(PIECES_OF)
                        .map(Promising::refused)
                        .toList();
        for (Refused refused : promising) {
            List<Likeness> since = parts.stream().filter(part -> part.isAfter(refused)).toList();
            likeness.pieces(refused, since)
                    .flatMap(together -> judged(refused, together))
                    .ifPresent(found::add);
        }
    }

    /** How near a request may come to being a part of a refused one. */
    private record Promising(Refused refused, double promise) {}

    private Optional<Resemblance> judged(Refused refused, Likeness.Together together) {
        Row row = weights.row(together.signs().kind());
        double p = row.p(together.signs().of());
        return p >= row.found()
                ? Optional.of(new Resemblance(refused, Method.SPLIT, p, together.parts()))
                : Optional.empty();
    }

    private List<Refused> candidates(Sent sent) {
        return both(sent, shelf -> shelf.candidates(sent.prints()));
    }

    private List<Refused> before(Sent sent) {
        return both(sent, Shelf::all);
    }

    /** What was refused to the principal, then what was to others in the project. */
    private List<Refused> both(Sent sent, Function<Shelf, List<Refused>> of) {
        List<Refused> all = new ArrayList<>(of.apply(shelf(byPrincipal, sent.principal())));
        sent.project().map(name -> of.apply(shelf(byProject, name))).stream()
                .flatMap(List::stream)
                .filter(refused -> !refused.principal().equals(sent.principal()))
                .forEach(all::add);
        return counting(all, sent);
    }

    private List<Refused> counting(List<Refused> all, Sent sent) {
        Instant oldest = sent.at().minus(keeping.window());
        return all.stream()
                .filter(refused -> refused.prints().keyId() == sent.prints().keyId())
                .filter(refused -> refused.at().isBefore(sent.at()))
                .filter(refused -> !refused.at().isBefore(oldest))
                .filter(refused -> !refused.attempt().equals(sent.attempt()))
                .toList();
    }
}
