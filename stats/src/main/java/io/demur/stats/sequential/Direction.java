package io.demur.stats.sequential;

/** Which way a rate is watched for going. */
public enum Direction {
    FALLING,
    RISING
}
