import { registerDecorator } from 'class-validator';

/**
 * Valid when `parse` takes the value; otherwise the message is what `parse` threw, so that a value is checked and
 * explained by the very function that later reads it.
 */
export function ParsedBy(parse: (value: string) => unknown): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'parsedBy',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value) => complaint(parse, value) === undefined,
        defaultMessage: (args) => `${args?.property}: ${complaint(parse, args?.value)}`,
      },
    });
  };
}

function complaint(parse: (value: string) => unknown, value: unknown): string | undefined {
  try {
    parse(String(value));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
