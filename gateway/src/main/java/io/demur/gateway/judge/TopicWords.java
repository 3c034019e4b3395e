package io.demur.gateway.judge;

import io.demur.core.harm.linear.Gist;

import java.util.Optional;

/**
 * The words of the topic that was judged: small, and enough to say what a refusal is remembered by.
 *
 * @param goesOn whether the last message only asks for more
 */
record TopicWords(Matter matter, Gist gist, boolean goesOn) {

    boolean isEmpty() {
        return gist.isEmpty();
    }

    /** The last user message. */
    String last() {
        return said(gist.last().getLast());
    }

    /** The user messages of the topic that are looked at, as one text. */
    String whole() {
        return gist.whole(this::said);
    }

    /** The worst message of the topic, where it is harmful enough to be what was refused. */
    Optional<String> worst() {
        return gist.worst().stream()
                .filter(it -> it.pHarm() >= Asides.FROM)
                .findFirst()
                .map(it -> said(it.at()));
    }

    /** What was asked before: the worst of the topic, or else all of it. */
    String before() {
        return worst().orElseGet(this::whole);
    }

    String said(int at) {
        return matter.message(at).text();
    }
}
