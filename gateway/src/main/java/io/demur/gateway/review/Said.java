package io.demur.gateway.review;

/**
 * What is said of a window of an answer. Two questions, because neither judge sees what the other
 * does: an answer that says in general words what it would help to do delivers little, and is about
 * harm all the same; one that gives steps without naming what they are for does the opposite.
 *
 * @param delivers probability that it delivers something harmful, 0 to 1
 * @param about probability that it would be harmful to ask for what it says, 0 to 1
 */
public record Said(double delivers, double about) {

    /** Whether both are probabilities. */
    boolean isValid() {
        return delivers >= 0 && delivers <= 1 && about >= 0 && about <= 1;
    }
}
