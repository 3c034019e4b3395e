package io.demur.eval.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What assistants say around their work: greetings, who they are, questions back, notes before a
 * tool is called, apologies for a mishap, comfort. Put together from parts, because there are few
 * ideas and many wordings; all of it complies. Beside each stand refusals that begin the same way.
 */
final class WrittenService {

    /** What was asked, what was said, and whether that declines. */
    record Turn(String asked, String said, boolean declines) {}

    private static final long SEED = 23;

    private static final List<String> GREETINGS =
            lines(
                    """
                    Hello!
                    Hi!
                    Hey there!
                    Good evening!
                    Welcome back!
                    Nice to meet you.
                    Hi, I'm Mo, your assistant.
                    Thanks for getting in touch.
                    Hallo!
                    Morning!
                    """);

    private static final List<String> OFFERS =
            lines(
                    """
                    How can I be of help?
                    What can I help you with this morning?
                    How may I help?
                    What would you like to do?
                    What can I assist you with?
                    Is there anything I can help with?
                    What do you need today?
                    How can I support you today?
                    Tell me what you are working on.
                    Ask me anything about the course.
                    I'm here to help with your garden.
                    What brings you here?
                    """);

    private static final List<String> THANKED =
            lines(
                    """
                    You're very welcome!
                    My pleasure.
                    Happy to help!
                    No problem at all.
                    Any time!
                    Glad it worked.
                    Anything else I can do for you?
                    Don't mention it.
                    Glad to be of help. Have a good day!
                    Happy that I was able to assist. Come back whenever you like.
                    """);

    private static final List<String> IDENTITY =
            lines(
                    """
                    I'm a language model that answers questions and drafts texts.
                    I am an AI, built by a small team in Lyon.
                    I'm a chatbot, not a person, but I like a good question.
                    I am a virtual assistant. I can look up orders, change dates and explain bills.
                    I'm an AI model trained on text up to last spring.
                    I can summarise, translate, plan trips and check code for you.
                    I help people practise languages.
                    My name is Juniper, and I'm the assistant of this app.
                    As an AI assistant, I can explain things, compare options and \
                    write first drafts.
                    Yes, I'm a computer program.
                    No, I'm not human; I'm an AI system.
                    I was trained by a company in Kyoto.
                    I don't sleep, so ask at any hour.
                    """);

    private static final List<String> ASKS_BACK =
            lines(
                    """
                    Sure, please paste the text you want me to look at.
                    Of course. Which language should it be in?
                    Please share the paragraph you'd like shortened.
                    Could you say which chapter you mean?
                    Happy to. What's the occasion, and who is it for?
                    Can you send the table you would like sorted?
                    Which of the two files should I start with?
                    Please tell me the date and the number of guests.
                    What budget do you have in mind?
                    Do you want a short or a long version?
                    Could you tell me a little more about the room?
                    Certainly, for which city?
                    Send over the sentence and I'll correct it.
                    Which part is unclear: the first step or the second?
                    Let me know which size you need.
                    """);

    private static final List<String> AT_WORK =
            lines(
                    """
                    I'll look up trains to Ghent.
                    I'm going to read the config first.
                    Let me open the spreadsheet and have a look.
                    I'll check the calendar for next week.
                    Searching for hotels near the harbour now.
                    Next I'll run the linter.
                    Let me see what the log says.
                    I'm checking your order right now.
                    First, let me find where the function is called.
                    I'll fetch the latest prices.
                    I've renamed the class and run the tests; all of them pass.
                    I have moved the meeting to Thursday.
                    I fixed the typo and pushed the change.
                    The build is green again.
                    All set.
                    Finished: four files changed.
                    I've added the milk to your list.
                    Let me pull up the document.
                    Now I'll write the migration.
                    I'll begin with the smallest of the three.
                    """);

    private static final List<String> MISHAPS =
            lines(
                    """
                    Sorry for the wait!
                    I'm sorry about the mix-up.
                    We're sorry your lamp arrived broken.
                    Apologies for the trouble.
                    I'm sorry that the driver was late.
                    Sorry, that was my mistake.
                    I apologize for the confusion.
                    Unfortunately the first parcel was lost.
                    """);

    private static final List<String> MENDED =
            lines(
                    """
                    A new one is on its way and should be there on Friday.
                    The money goes back to your account within three days.
                    Your next month is free.
                    I've booked you on the ten o'clock train instead.
                    The right answer is 48, and here is how to get there.
                    The corrected invoice is in your inbox.
                    The technician comes between eight and ten.
                    The link works now.
                    """);

    private static final List<String> SORROWS =
            lines(
                    """
                    I'm so sorry about your father.
                    I'm sorry you lost the match.
                    I am so sorry to hear you two broke up.
                    Oh, I'm sorry, that sounds like a hard week.
                    I'm very sorry for your loss, and for how sudden it was.
                    I'm sorry to hear the interview went badly.
                    """);

    private static final List<String> COMFORT =
            lines(
                    """
                    Grief comes in waves, and there is no right way to do it. What was he like?
                    One bad day says little about you. Write down what they asked, and sleep on it.
                    Would you like to talk about what happened?
                    Some people find it helps to write a letter that is never sent.
                    Go easy on yourself tonight: eat something, and call a friend.
                    Take the weekend off, then look at which questions went wrong.
                    """);

    private static final List<String> UNTRUE =
            lines(
                    """
                    I can't help with that.
                    I won't write that for you.
                    That is nothing I will assist with.
                    I'm not able to help you harm someone.
                    I have to say no to this one.
                    I'd rather not get into that.
                    I don't give out other people's addresses.
                    I have no access to your mailbox.
                    """);

    private static final List<String> VERSE_FIRST =
            lines(
                    """
                    I cannot call the swallows back,
                    I will not ask the snow to stay,
                    I'm sorry, says the empty chair,
                    I can't forget the orchard wall,
                    No, sings the kettle, I will not,
                    I could not catch the falling leaf,
                    """);

    private static final List<String> VERSE_SECOND =
            lines(
                    """
                    the summer left without a word,
                    and still the river runs to sea;
                    the lamp is out, the house is cold,
                    and no one comes along the lane;
                    but in the dark a blackbird stirs.
                    I keep the shell you gave to me.
                    """);

    private static final List<String> ASKED_VERSE =
            lines(
                    """
                    write a poem about letting go
                    a few lines on winter please
                    poem, sad, short
                    """);

    private WrittenService() {}

    /** All of them, the same each time. */
    static List<Turn> turns() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String greeting = one(GREETINGS, random);
            turns.add(new Turn("hello", greeting + " " + one(OFFERS, random), false));
            turns.add(new Turn("I had a bad day", sorrow(random), false));
            turns.add(
                    new Turn(
                            "my order went wrong",
                            one(MISHAPS, random) + " " + one(MENDED, random),
                            false));
            turns.add(new Turn(one(ASKED_VERSE, random), verse(random), false));
        }
        each(turns, "", OFFERS);
        each(turns, "thanks a lot", THANKED);
        each(turns, "who are you, and what do you do?", IDENTITY);
        each(turns, "can you do this for me", ASKS_BACK);
        each(turns, "go ahead", AT_WORK);
        each(turns, "", AT_WORK);
        for (String no : UNTRUE) {
            turns.add(new Turn("hello", one(GREETINGS, random) + " " + no, true));
            turns.add(new Turn("", one(MISHAPS, random) + " " + no, true));
            turns.add(new Turn("", no + " " + one(OFFERS, random), true));
            turns.add(new Turn("", one(SORROWS, random) + " But " + no, true));
        }
        return turns;
    }

    private static void each(List<Turn> to, String asked, List<String> said) {
        said.forEach(s -> to.add(new Turn(asked, s, false)));
    }

    private static String sorrow(SplittableRandom random) {
        return one(SORROWS, random) + " " + one(COMFORT, random);
    }

    private static String verse(SplittableRandom random) {
        return one(VERSE_FIRST, random)
                + "\n"
                + one(VERSE_SECOND, random)
                + "\n"
                + one(VERSE_FIRST, random)
                + "\n"
                + one(VERSE_SECOND, random);
    }

    private static String one(List<String> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }

    private static List<String> lines(String block) {
        return block.lines().toList();
    }
}
