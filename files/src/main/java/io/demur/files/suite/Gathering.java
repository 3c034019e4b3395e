package io.demur.files.suite;

import io.demur.core.Problem;
import io.demur.core.Where;
import io.demur.core.suite.Case;
import io.demur.core.suite.Expectation;
import io.demur.files.yaml.YamlMap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Cases as they are read, with their places, and what can be wrong with them together. Not safe for
 * use by several threads.
 */
final class Gathering {

    private record Placed(Case read, Where where) {}

    private final List<Problem> problems;
    private final List<Placed> cases = new ArrayList<>();
    private final Map<String, Where> ids = new HashMap<>();

    /**
     * @param problems gets what is wrong
     */
    Gathering(List<Problem> problems) {
        this.problems = problems;
    }

    void add(Case read, Where where) {
        Where earlier = ids.putIfAbsent(read.id(), where);
        if (earlier == null) {
            cases.add(new Placed(read, where));
        } else {
            say(
                    where,
                    "`id`: there is a case `%s` already, in %s"
                            .formatted(
                                    read.id(),
                                    earlier.file().equals(where.file())
                                            ? "line " + earlier.line()
                                            : earlier.toString()));
        }
    }

    /** All of them. */
    List<Case> cases() {
        return cases.stream().map(Placed::read).toList();
    }

    /**
     * Says what is wrong with cases that belong together.
     *
     * @param whole whether every case could be read: only then is it known which are missing
     */
    void check(boolean whole) {
        cases.forEach(this::checkCluster);
        by(Case::pair).forEach((pair, halves) -> checkPair(pair, halves, whole));
        by(Case::group).forEach((group, alike) -> checkGroup(group, alike, whole));
        by(it -> it.rung().map(rung -> rung.ladder() + " " + rung.level()))
                .forEach(this::checkRung);
    }

    /** What depends on each other is counted as one by its pair, or else by its group. */
    private void checkCluster(Placed each) {
        if (each.read().pair().isPresent() && each.read().group().isPresent()) {
            say(
                    each.where(),
                    "`group`: case `%s` has a pair already; leave one of both out"
                            .formatted(each.read().id()));
        }
    }

    private void checkPair(String pair, List<Placed> halves, boolean whole) {
        if (halves.size() == 1 && !whole) {
            return;
        }
        if (halves.size() != 2) {
            say(
                    halves.getLast().where(),
                    "`pair`: %d of the cases have the pair `%s`; it takes two"
                            .formatted(halves.size(), pair));
        } else if (expectation(halves.getFirst()) == expectation(halves.getLast())) {
            say(
                    halves.getLast().where(),
                    "`pair`: both cases of the pair `%s` have the same `expect`".formatted(pair));
        }
    }

    private void checkGroup(String group, List<Placed> alike, boolean whole) {
        Placed first = alike.getFirst();
        if (alike.size() == 1 && whole) {
            say(first.where(), "`group`: only one case has the group `%s`".formatted(group));
        }
        for (Placed each : alike) {
            if (expectation(each) != expectation(first)) {
                say(
                        each.where(),
                        "`group`: `expect` differs from that of the group `%s` in line %d"
                                .formatted(group, first.where().line()));
            }
        }
    }

    private void checkRung(String rung, List<Placed> same) {
        if (same.size() > 1) {
            Case last = same.getLast().read();
            say(
                    same.getLast().where(),
                    "`level`: the ladder `%s` has a level %d already, in line %d"
                            .formatted(
                                    last.rung().orElseThrow().ladder(),
                                    last.rung().orElseThrow().level(),
                                    same.getFirst().where().line()));
        }
    }

    private static Expectation expectation(Placed placed) {
        return placed.read().expectation();
    }

    private Map<String, List<Placed>> by(Function<Case, Optional<String>> name) {
        Map<String, List<Placed>> found = new LinkedHashMap<>();
        for (Placed placed : cases) {
            name.apply(placed.read())
                    .ifPresent(
                            it -> found.computeIfAbsent(it, none -> new ArrayList<>()).add(placed));
        }
        return found;
    }

    private void say(Where where, String message) {
        problems.add(Problem.at(where, YamlMap.INVALID_VALUE, message));
    }
}
