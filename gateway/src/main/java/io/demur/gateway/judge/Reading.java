package io.demur.gateway.judge;

import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Role;
import io.demur.core.harm.linear.Gist;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.memory.Recognition;
import io.demur.core.policy.Standing;
import io.demur.core.text.Language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * What the quick judge and the memory make of a request: all of its judgement that needs nobody
 * else. Used by one thread.
 */
final class Reading {

    private static final int BRIEF_MAX = 24;
    private static final Pattern BRIEF = Pattern.compile("\\P{L}*(\\p{L}+\\P{L}*){0,3}");

    private final Judgements judgements;
    private final Matter matter;
    private final Judgements.Kept toolsKey;
    private final Function<String, Recognition> recall;

    /** Whether the second judge has spoken of what was asked before. */
    private final boolean settled;

    /** Goes on from what was known; what stands there is never added to. */
    LinearHarm.Conversation conversation;

    /** Places of the user messages of the topic that are looked at together. */
    Gist gist;

    /** Whether anything was asked that is new. */
    boolean anew;

    /** As it stands, and with its disguise undone, by the quick judge alone. */
    Heard asked;

    Optional<Heard> meant;

    /** What the second judge is to look at: the topic, and not all that went before. */
    Excerpts shown = new Excerpts(Set.of(), Optional.empty());

    /** The same with the last message's meaning in its place. */
    Excerpts shownMeant = shown;

    Recognition recognition = Recognition.FRESH;

    /** Texts that have nothing to do with each other, the worst first. */
    final List<Text> texts = new ArrayList<>();

    /** What system prompts order, what stands beside in messages, and in the rest of the call. */
    Part orders = Part.NOTHING;

    Part asides = Part.NOTHING;
    Part tools = Part.NOTHING;
    final List<Recognition> recognised = new ArrayList<>();

    /** One of several texts, as it stands or with its disguise undone. */
    record Text(Heard heard, Recognition recognition) {

        /** What comes back to a refusal goes before all. */
        double rank() {
            return isFresh(recognition) ? heard.pHarm() : 1 + heard.pHarm();
        }
    }

    /**
     * Pieces that are new.
     *
     * @param key under which what is found of them is kept, where it is
     * @param known what was found of them before; then there are no pieces
     */
    record Part(
            Optional<Judgements.Kept> key, Optional<Optional<Heard>> known, List<Piece> pieces) {
        static final Part NOTHING = new Part(Optional.empty(), Optional.empty(), List.of());
    }

    Reading(
            Judgements judgements,
            Matter matter,
            Judgements.Kept toolsKey,
            Known known,
            Function<String, Recognition> recall) {
        this.judgements = judgements;
        this.matter = matter;
        this.toolsKey = toolsKey;
        this.recall = recall;
        conversation = known.conversation().copy();
        gist = known.gist();
        meant = known.meant();
        settled = known.settled().isPresent();
        asked = new Heard("", conversation.assess());
    }

    /** Reads what is new, from a message on. */
    Reading from(int first) {
        for (int at = first; at < matter.turns().size(); at++) {
            Message message = matter.message(at);
            if (message.role() == Role.USER) {
                user(message, at);
            }
        }
        matter.texts().forEach(this::text);
        texts.sort(Comparator.comparingDouble(Text::rank).reversed());
        if (!gist.isEmpty()) {
            recallTopic();
        }
        if (anew || !settled) {
            shown = excerpts(this::said);
            shownMeant = meant.map(it -> meaning(it.text())).orElse(shown);
        }
        pieces(first);
        return this;
    }

    /** The worse of a message and of what it means is what the conversation goes on with. */
    private void user(Message message, int at) {
        Optional<String> meaning = judgements.meanings.of(message.text());
        LinearHarm.Conversation other = conversation.copy();
        conversation.add(message);
        anew = true;
        asked = new Heard("", conversation.assess());
        meant = Optional.empty();
        if (meaning.isPresent()) {
            other.add(new Message(Role.USER, meaning.get()));
            Heard undone = new Heard(meaning.get(), other.assess());
            meant = Optional.of(undone);
            conversation = undone.pHarm() > asked.pHarm() ? other : conversation;
        }
        gist = conversation.opened() ? Gist.NOTHING : gist;
        if (!message.text().isBlank()) {
            boolean again = isAgain(recall.apply(message.text()));
            gist = gist.with(at, again ? 1 : conversation.alone());
        }
    }

    /** Whether a text is what was refused, and not just a part of it. */
    private static boolean isAgain(Recognition found) {
        return found.standing() instanceof Standing.Refused refused
                && refused.earlier().likeness() != Standing.Likeness.PART;
    }

    private void text(String text) {
        LinearHarm quick = judgements.judges.quick();
        Recognition found = recall.apply(text);
        texts.add(new Text(new Heard(text, quick.assess(Request.of(text))), found));
        judgements
                .meanings
                .of(text)
                .map(meaning -> new Heard(meaning, quick.assess(Request.of(meaning))))
                .ifPresent(meaning -> texts.add(new Text(meaning, found)));
    }

    /** The last message, or else all that is shown of the topic, or else the worst of it. */
    private void recallTopic() {
        Set<String> shown = new LinkedHashSet<>(List.of(last(), whole()));
        gist.worst().forEach(it -> shown.add(said(it.at())));
        for (String text : shown) {
            recognition = isFresh(recognition) ? recall.apply(text) : recognition;
        }
    }

    private void pieces(int first) {
        List<String> prompts = matter.prompts(first);
        Judgements.Kept key =
                new Judgements.Kept(Piece.Kind.ORDER, Judgements.digest(prompts), toolsKey.band());
        orders = part(key, prompts, judgements.asides::ordered);
        asides =
                new Part(
                        Optional.empty(),
                        Optional.empty(),
                        judgements.asides.worst(matter.beside(first)));
        tools = part(toolsKey, matter.own(), judgements.asides::worst);
        Set<String> pieces = new LinkedHashSet<>();
        for (Part part : List.of(orders, asides, tools)) {
            part.pieces().forEach(it -> pieces.add(it.quick().text()));
        }
        for (String piece : pieces) {
            Recognition found = recall.apply(piece);
            if (!isFresh(found)) {
                recognised.add(found);
            }
        }
    }

    /** The same prompts and tools come with every conversation: what was found of them is kept. */
    private Part part(
            Judgements.Kept key, List<String> strings, Function<List<String>, List<Piece>> worst) {
        if (strings.isEmpty()) {
            return Part.NOTHING;
        }
        Optional<Optional<Heard>> known = judgements.kept(key);
        return new Part(
                Optional.of(key), known, known.isPresent() ? List.of() : worst.apply(strings));
    }

    static boolean isFresh(Recognition found) {
        return found.standing().kind() == Standing.Kind.FRESH;
    }

    private String said(int at) {
        return matter.message(at).text();
    }

    /** The words of the topic as they are known by now. */
    TopicWords words() {
        return new TopicWords(matter, gist, conversation.goesOn());
    }

    /** The last user message. */
    private String last() {
        return words().last();
    }

    /** The user messages of the topic that are looked at, as one text. */
    private String whole() {
        return words().whole();
    }

    private Excerpts excerpts(IntFunction<String> said) {
        return Excerpts.of(gist.shown(said, conversation.goesOn()), judgements.judges.quick());
    }

    private Excerpts meaning(String meaning) {
        return excerpts(at -> at == gist.last().getLast() ? meaning : said(at));
    }

    /** Whether all that is asked is a word or three: too little to name anything surely. */
    boolean isBrief() {
        if (gist.isEmpty() || meant.isPresent()) {
            return false;
        }
        String all = whole().strip();
        return all.length() <= BRIEF_MAX && BRIEF.matcher(all).matches() && Language.isLatin(all);
    }

    /** What is put to the judge of a scope. */
    Request request() {
        return new Request(gist.last().stream().map(matter::message).toList());
    }
}
