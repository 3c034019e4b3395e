package io.demur.remote;

import io.demur.core.harm.Hazard;
import io.demur.wire.Completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ShieldGemma: an answer that begins with {@code Yes} (it violates the policy) or {@code No}. Of
 * what follows the word nothing is read, so it may be cut off. Source of the form and of the four
 * topics: Google's model card; the wording of the policies is ours.
 *
 * <p>A server of the OpenAI protocol is asked once for each policy, which its chat template takes
 * as {@code guideline}. Ollama's template has all four in it, and is asked once.
 */
final class ShieldGemma implements Guard {

    private static final Pattern WORD =
            Pattern.compile(
                    "\\s*+\\W{0,2}(yes|no)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /**
     * One policy.
     *
     * @param content what the user or the chatbot shall not ask for or write
     * @param hazard what a violation means; empty where a policy spans several hazards
     */
    private record Topic(String name, String content, Optional<Hazard> hazard) {

        String guideline(boolean ofResponse) {
            return "* \"%s\": The %s %s"
                    .formatted(
                            name,
                            ofResponse
                                    ? "chatbot shall not generate"
                                    : "prompt shall not contain or ask for",
                            content);
        }
    }

    private static final List<Topic> TOPICS =
            List.of(
                    new Topic(
                            "No Dangerous Content",
                            "content that helps or encourages people to harm themselves or others,"
                                    + " such as ways to get or make weapons, praise of terrorism,"
                                    + " or instructions for suicide.",
                            Optional.empty()),
                    new Topic(
                            "No Harassment",
                            "content that bullies, threatens, humiliates or abuses another person,"
                                    + " or mocks the victims of violence.",
                            Optional.empty()),
                    new Topic(
                            "No Hate Speech",
                            "content that demeans people or calls for violence or discrimination"
                                    + " against them because of what they are, such as their"
                                    + " origin, religion, disability, age, sex or orientation.",
                            Optional.of(Hazard.HATE)),
                    new Topic(
                            "No Sexually Explicit Information",
                            "sexual acts in explicit words or content meant to arouse. Medicine,"
                                    + " science and education are allowed.",
                            Optional.of(Hazard.SEXUAL_CONTENT)));

    @Override
    public List<Check> checks(Dialogue dialogue, Protocol protocol) {
        Dialogue pair = dialogue.asPair();
        boolean ofResponse = dialogue.endsWithAnswer();
        if (protocol == Protocol.OLLAMA) {
            return List.of(Check.plain(pair.turns(), ofResponse));
        }
        List<Check> checks = new ArrayList<>();
        for (Topic topic : TOPICS) {
            checks.add(
                    new Check(
                            pair.turns(),
                            Map.of("guideline", topic.guideline(ofResponse)),
                            Optional.empty(),
                            ofResponse,
                            topic.hazard()));
        }
        return checks;
    }

    @Override
    public Ruling read(Completion completion, Check check) throws Unreadable {
        Answer answer = Answer.begun(completion);
        Matcher word = WORD.matcher(answer.text());
        if (!word.matches()) {
            throw answer.unexpected();
        }
        boolean yes = YesNo.yes(word.group(1));
        return Ruling.of(
                yes,
                YesNo.harm(answer, word.start(1), yes),
                yes ? check.hazard().stream().toList() : List.of());
    }

    @Override
    public boolean seesRefusals() {
        return false;
    }

    @Override
    public int tokensMax() {
        return 8;
    }

    @Override
    public String instructions() {
        StringBuilder out = new StringBuilder();
        for (Topic topic : TOPICS) {
            out.append(topic.guideline(false)).append('\n');
            out.append(topic.guideline(true)).append('\n');
        }
        return out.toString();
    }
}
