/** what a service says of the request itself: the same again is refused again */
const refusals =
  /Validation|InvalidArgument|InvalidParameter|InvalidMessage|TooLong|Malformed|Serialization|NotAuthorizedForSource|NotAuthorizedForDetailType/;

/**
 * Whether an error is one of the moment, so that the same is tried again. Anything else would hold up all that comes after it
 * in its shard of the stream for a day.
 */
export const willPass = (error: unknown): boolean => {
  if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) return false;
  return !refusals.test((error as Error).name);
};
