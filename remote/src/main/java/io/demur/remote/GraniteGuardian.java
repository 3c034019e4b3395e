package io.demur.remote;

import io.demur.wire.Completion;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Granite Guardian 3.0 to 3.3, asked about its criterion {@code harm}, which its chat template
 * takes where a conversation has no system message. It answers {@code Yes} or {@code No} (3.0,
 * 3.1), adds how confident it is (3.2), or puts the word between {@code <score>} tags, after its
 * thoughts where the server has it think (3.3). Its template reads the last one or two turns, so
 * that all that was asked goes into one. Source of the forms: IBM's model cards (Apache-2.0).
 */
final class GraniteGuardian implements Guard {

    private static final Pattern ANSWER =
            Pattern.compile(
                    "\\s*+(?:<think>.*?</think>\\s*+)?+"
                            + "(?:<score>\\s*+(yes|no)\\s*+</score>"
                            + "|(yes|no)\\s*+(?:<confidence>\\s*+(high|low)\\s*+</confidence>)?+)"
                            + "\\s*+",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    @Override
    public List<Check> checks(Dialogue dialogue, Protocol protocol) {
        return List.of(Check.plain(dialogue.asPair().turns(), dialogue.endsWithAnswer()));
    }

    @Override
    public Ruling read(Completion completion, Check check) throws Unreadable {
        Answer answer = Answer.whole(completion);
        Matcher found = ANSWER.matcher(answer.text());
        if (!found.matches()) {
            throw answer.unexpected();
        }
        int group = found.group(1) == null ? 2 : 1;
        boolean yes = YesNo.yes(found.group(group));
        double harm = YesNo.harm(answer, found.start(group), yes);
        // A judge of little confidence is half as far from even odds.
        boolean low = "low".equalsIgnoreCase(found.group(3)) && answer.tokens().isEmpty();
        return Ruling.of(yes, low ? (harm + 0.5) / 2 : harm, List.of());
    }

    @Override
    public boolean seesRefusals() {
        return false;
    }

    /** Room for its thoughts, where the server has it think. */
    @Override
    public int tokensMax() {
        return 1024;
    }

    @Override
    public String instructions() {
        return "";
    }
}
