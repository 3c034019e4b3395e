package io.demur.gateway.review;

import io.demur.wire.chat.Event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * What has come and may not go out yet, in its order. Pieces of one channel that follow each other
 * are one. Used by one thread.
 */
final class Held {

    private final Deque<Item> items = new ArrayDeque<>();
    private long size;
    private long textGone;

    private sealed interface Item {}

    /** Words, of which a beginning may go out before the rest. */
    private static final class Words implements Item {
        final Channel channel;
        final Class<? extends Event> kind;
        final Function<String, Event> event;
        final StringBuilder text = new StringBuilder();
        long end;

        /**
         * None yet.
         *
         * @param kind tells events of one sort from others
         */
        Words(Channel channel, Class<? extends Event> kind, Function<String, Event> event) {
            this.channel = channel;
            this.kind = kind;
            this.event = event;
        }
    }

    /** An event that goes out as a whole, once its channel has come so far. */
    private record Whole(Channel channel, long end, Event event, int length) implements Item {}

    /** An event without words of its own. */
    private record Plain(Event event) implements Item {}

    /** Words that a channel has just taken. */
    void words(
            Channel channel,
            Class<? extends Event> kind,
            Function<String, Event> event,
            CharSequence piece) {
        size += piece.length();
        boolean more =
                items.peekLast() instanceof Words last
                        && last.channel == channel
                        && last.kind == kind;
        if (!more) {
            items.add(new Words(channel, kind, event));
        }
        Words last = (Words) items.getLast();
        last.text.append(piece);
        last.end = channel.taken();
    }

    /** An event whose words a channel has just taken, and which cannot be cut. */
    void whole(Channel channel, Event event, int length) {
        size += length;
        items.add(new Whole(channel, channel.taken(), event, length));
    }

    /** An event without words; of counts only the last is kept. */
    void plain(Event event) {
        if (event instanceof Event.Counted
                && items.peekLast() instanceof Plain last
                && last.event() instanceof Event.Counted) {
            items.removeLast();
        } else {
            size++;
        }
        items.add(new Plain(event));
    }

    /** Nothing of it will ever go out. */
    void clear() {
        items.clear();
        size = 0;
    }

    /** How many characters are held. */
    long size() {
        return size;
    }

    /** How many characters of the answer's text have gone out. */
    long textGone() {
        return textGone;
    }

    /** Takes out what may go, as far as its channels have come. */
    List<Event> free() {
        List<Event> free = new ArrayList<>();
        while (!items.isEmpty()) {
            switch (items.getFirst()) {
                case Plain plain -> {
                    free.add(plain.event());
                    size--;
                }
                case Whole whole -> {
                    if (whole.channel().free() < whole.end()) {
                        return free;
                    }
                    free.add(whole.event());
                    size -= whole.length();
                }
                case Words words -> {
                    if (!cut(words, free)) {
                        return free;
                    }
                }
            }
            items.removeFirst();
        }
        return free;
    }

    /** Takes the free beginning of some words; whether nothing is left of them. */
    private boolean cut(Words words, List<Event> free) {
        StringBuilder text = words.text;
        long kept = Math.max(0, words.end - words.channel.free());
        int most = (int) Math.max(0, text.length() - kept);
        int to =
                most > 0 && most < text.length() && Character.isHighSurrogate(text.charAt(most - 1))
                        ? most - 1
                        : most;
        if (to == 0) {
            return false;
        }
        Event event = words.event.apply(text.substring(0, to));
        free.add(event);
        size -= to;
        textGone += event instanceof Event.Text ? to : 0;
        text.delete(0, to);
        return text.isEmpty();
    }

    /** Whether the answer has words of its own, beside reasoning and what it writes to tools. */
    boolean speaks() {
        return textGone > 0
                || items.stream()
                        .anyMatch(
                                item ->
                                        item instanceof Words words
                                                && words.kind == Event.Text.class
                                                && !words.text.toString().isBlank());
    }

    /** All text that is held, of every channel, as it came. */
    String text() {
        StringBuilder all = new StringBuilder();
        for (Item item : items) {
            if (item instanceof Words words && words.kind != Event.Reasoning.class) {
                all.append(words.text).append('\n');
            }
        }
        return all.toString();
    }
}
