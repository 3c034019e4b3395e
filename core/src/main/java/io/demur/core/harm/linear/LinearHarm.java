package io.demur.core.harm.linear;

import io.demur.core.JudgeId;
import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.harm.Outlook;

/**
 * Judges requests by their words, by which words stand together, and by how is asked: each sentence
 * gives a few units, which are pooled over the message, or over stretches of a long one, and a
 * small net makes probabilities of them.
 *
 * <p>Letters are folded before anything is read, so that a disguise neither raises nor lowers what
 * is said of the words under it; words turned by thirteen letters are turned back; text in base64
 * or hexadecimal digits is decoded and read too, and can only raise. Immutable; safe for use by
 * several threads.
 */
public final class LinearHarm implements HarmPredictor {

    private static final String NAME = "harm";

    private final HarmModel model;
    private final JudgeId id;

    private LinearHarm(HarmFormat.Decoded decoded) {
        model = decoded.model();
        id = new JudgeId(NAME, model.version(), decoded.sha256());
    }

    /**
     * The judge that comes with this version. Its weights are loaded once, at the first call.
     *
     * @throws IllegalStateException if they are missing or damaged
     */
    public static LinearHarm shipped() {
        return Singleton.JUDGE;
    }

    /**
     * A judge from weights as the trainer wrote them.
     *
     * @throws IllegalStateException if they are damaged
     */
    public static LinearHarm of(byte[] weights) {
        return new LinearHarm(HarmFormat.decode(weights));
    }

    @Override
    public JudgeId id() {
        return id;
    }

    @Override
    public Assessment.Judged assess(Request request) {
        return heard(request).assess();
    }

    /** The same, without what makes hazards and consequences of it, which is most of the work. */
    @Override
    public double pHarm(Request request) {
        return model.calibration().probability(heard(request).topic.finding().odds());
    }

    private Conversation heard(Request request) {
        Conversation conversation = conversation();
        request.messages().forEach(conversation::add);
        return conversation;
    }

    /** What of a system prompt orders something: all but what it says must not be done. */
    public String orders(String systemPrompt) {
        return Orders.of(systemPrompt, new Features(model::knows));
    }

    /** A conversation that is judged while it goes on. */
    public Conversation conversation() {
        return new Conversation(new Topic(model));
    }

    /**
     * One conversation, message by message. Says at each point what {@link #assess(Request)} says
     * of all messages so far, at a cost that does not grow with their number. Used by one thread.
     */
    public final class Conversation {

        private final Topic topic;

        private Conversation(Topic topic) {
            this.topic = topic;
        }

        /**
         * The same conversation, to go on with by itself; its size does not depend on how long the
         * conversation is. One that nobody adds to any more may be copied by several threads.
         */
        public Conversation copy() {
            return new Conversation(topic.copy());
        }

        /** Takes the next message. */
        public void add(Message message) {
            topic.add(message);
        }

        /**
         * Whether the last user message opened a new topic, so that what was asked before says
         * nothing of it; true where none was added yet.
         */
        public boolean opened() {
            return topic.opened();
        }

        /**
         * Whether the last user message asks for what was asked before, or for more of it, and for
         * nothing else: "continue", "and the dose?".
         */
        public boolean goesOn() {
            return topic.goesOn();
        }

        /** Probability of harm of the last user message by itself; 0 where it has no words. */
        public double alone() {
            Topic.Finding alone = topic.alone();
            return alone.sight().isEmpty() ? 0 : assess(alone).pHarm();
        }

        /** Judges what is asked for now. */
        public Assessment.Judged assess() {
            return assess(topic.finding());
        }

        private Assessment.Judged assess(Topic.Finding finding) {
            Outlook outlook =
                    model.outlook(
                            finding.odds(),
                            model.harms(finding.sight()),
                            model.consequences(finding.sight()));
            return new Assessment.Judged(
                    outlook.pHarm(), outlook.hazards(), outlook.consequence(), id);
        }
    }

    /** Made when first asked for. */
    private static final class Singleton {
        static final LinearHarm JUDGE = new LinearHarm(Shipped.harm());
    }
}
