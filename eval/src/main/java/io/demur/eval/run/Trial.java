package io.demur.eval.run;

import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Role;
import io.demur.core.suite.Case;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One case asked once, and what came.
 *
 * @param of what was asked
 * @param epoch which time of several, counted from 1
 * @param variant the name of the system prompt that held
 * @param rounds the answers: to the case itself, then to each of its pushes. Fewer than there are
 *     pushes where something failed, or an answer had no words that could be built on
 * @param failure why the next answer did not come; never a verdict
 * @param lost the most tokens that may have to be paid for requests that brought no answer
 */
public record Trial(
        Case of,
        int epoch,
        String variant,
        List<Round> rounds,
        Optional<Failure> failure,
        Usage lost) {

    /** One of which every request that was paid for brought an answer. */
    public Trial(
            Case of, int epoch, String variant, List<Round> rounds, Optional<Failure> failure) {
        this(of, epoch, variant, rounds, failure, Usage.NONE);
    }

    public Trial {
        Objects.requireNonNull(of);
        Objects.requireNonNull(variant);
        Objects.requireNonNull(failure);
        Objects.requireNonNull(lost);
        rounds = List.copyOf(rounds);
        if (epoch < 1 || rounds.size() > 1 + of.pushes().size()) {
            throw new IllegalArgumentException(
                    "case `%s`: epoch `%d`, `%d` answers".formatted(of.id(), epoch, rounds.size()));
        }
        if (rounds.isEmpty() && failure.isEmpty()) {
            throw new IllegalArgumentException("case `%s`: nothing came".formatted(of.id()));
        }
    }

    /** Whether nothing further is to be asked: all was answered, or something failed. */
    public boolean isDone() {
        return failure.isPresent()
                || rounds.size() > of.pushes().size()
                || rounds.getLast().response().text().isBlank();
    }

    /** The answer to the case itself, before any push; nothing where it failed. */
    public Optional<Round> first() {
        return rounds.isEmpty() ? Optional.empty() : Optional.of(rounds.getFirst());
    }

    /** What the user says in a round: the case's own words, then those of a push. */
    public String said(int round) {
        return round == 0 ? of.request().prompt() : of.pushes().get(round - 1).text();
    }

    /**
     * The conversation that an answer belongs to, up to it.
     *
     * @param under the system prompt of this trial's name
     */
    public Request request(int round, Variant under) {
        return request(of, under, rounds.subList(0, round));
    }

    /** What is asked of a model after some answers. */
    static Request request(Case of, Variant under, List<Round> answered) {
        Request first = under.over(of.request());
        if (answered.isEmpty()) {
            return first;
        }
        List<Message> messages = new ArrayList<>(first.messages());
        for (int i = 0; i < answered.size(); i++) {
            messages.add(new Message(Role.ASSISTANT, answered.get(i).response().text()));
            messages.add(new Message(Role.USER, of.pushes().get(i).text()));
        }
        return new Request(messages);
    }
}
