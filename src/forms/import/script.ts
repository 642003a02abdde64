import { type Expression, type Node, type Program, parse, type Statement } from 'acorn';

/**
 * What a script of a form comes to, as JsonLogic with three operators more, which only the importer knows: `length`,
 * `match` (a text and a pattern) and `upper`. They become attributes of the question, or nothing can be proposed.
 */
export type Logic = unknown;

/** A script does something that no expression can say. */
export class Untranslatable extends Error {
  override readonly name = 'Untranslatable';
}

/**
 * Follows a script through its branches to what it leaves in one variable (`valid`, `value`, `show`), without running it.
 * @param initial what the variable holds before
 * @throws Untranslatable saying what was met
 */
export function outcomeOf(script: string, variable: string, initial: Logic): Logic {
  let program: Program;
  try {
    program = parse(script, { ecmaVersion: 2022, allowReturnOutsideFunction: true });
  } catch (error) {
    throw new Untranslatable(error instanceof Error ? error.message : String(error));
  }
  const known: Names = new Map([[variable, initial]]);
  for (const statement of program.body) follow(statement as Statement, known);
  return known.get(variable);
}

/** What every name stands for so far. */
type Names = Map<string, Logic>;

function follow(statement: Statement, names: Names): void {
  switch (statement.type) {
    case 'BlockStatement':
      for (const one of statement.body) follow(one, names);
      return;
    case 'EmptyStatement':
      return;
    case 'VariableDeclaration':
      for (const { id, init } of statement.declarations) {
        if (id.type !== 'Identifier') throw strange(id);
        if (init) names.set(id.name, logicOf(init, names));
      }
      return;
    case 'ExpressionStatement': {
      const { expression } = statement;
      if (expression.type !== 'AssignmentExpression' || expression.operator !== '=') throw strange(expression);
      if (expression.left.type !== 'Identifier') throw strange(expression.left);
      names.set(expression.left.name, logicOf(expression.right, names));
      return;
    }
    case 'IfStatement': {
      const test = logicOf(statement.test, names);
      const yes: Names = new Map(names);
      const no: Names = new Map(names);
      follow(statement.consequent, yes);
      if (statement.alternate) follow(statement.alternate, no);
      for (const name of new Set([...yes.keys(), ...no.keys()])) {
        const [then, otherwise] = [yes.get(name), no.get(name)];
        names.set(name, then === otherwise ? then : { if: [test, then ?? null, otherwise ?? null] });
      }
      return;
    }
    default:
      throw strange(statement);
  }
}

const COMPARED: ReadonlySet<string> = new Set([
  '==',
  '===',
  '!=',
  '!==',
  '<',
  '<=',
  '>',
  '>=',
  '+',
  '-',
  '*',
  '/',
  '%',
]);

function logicOf(expression: Expression, names: Names): Logic {
  switch (expression.type) {
    case 'Literal':
      if (expression.regex) return { regex: expression.regex.pattern };
      return expression.value;
    case 'TemplateLiteral':
      if (expression.expressions.length > 0) throw strange(expression);
      return expression.quasis[0]?.value.cooked ?? '';
    case 'Identifier':
      return nameOf(expression.name, names);
    case 'MemberExpression':
      return memberOf(expression, names);
    case 'ArrayExpression':
      return expression.elements.map((element) => {
        if (!element || element.type === 'SpreadElement') throw strange(expression);
        return logicOf(element, names);
      });
    case 'LogicalExpression':
      if (expression.operator === '??') throw strange(expression);
      return {
        [expression.operator === '&&' ? 'and' : 'or']: [
          logicOf(expression.left, names),
          logicOf(expression.right, names),
        ],
      };
    case 'BinaryExpression': {
      if (!COMPARED.has(expression.operator) || expression.left.type === 'PrivateIdentifier') throw strange(expression);
      return { [expression.operator]: [logicOf(expression.left, names), logicOf(expression.right, names)] };
    }
    case 'UnaryExpression':
      if (expression.operator === '!') return { '!': [logicOf(expression.argument, names)] };
      if (expression.operator === '-') return { '-': [logicOf(expression.argument, names)] };
      throw strange(expression);
    case 'ConditionalExpression':
      return {
        if: [
          logicOf(expression.test, names),
          logicOf(expression.consequent, names),
          logicOf(expression.alternate, names),
        ],
      };
    case 'ParenthesizedExpression':
      return logicOf(expression.expression, names);
    case 'CallExpression':
      return callOf(expression, names);
    default:
      throw strange(expression);
  }
}

function nameOf(name: string, names: Names): Logic {
  if (names.has(name)) return names.get(name);
  if (name === 'undefined') return null;
  if (name === 'input') return { var: 'value' };
  if (name === 'data' || name === 'row' || name === 'value') return { var: name };
  throw new Untranslatable(`it uses ${name}`);
}

function memberOf(expression: Extract<Expression, { type: 'MemberExpression' }>, names: Names): Logic {
  const { object, property, computed } = expression;
  if (object.type === 'Super' || property.type === 'PrivateIdentifier') throw strange(expression);
  const of = logicOf(object, names);
  const key =
    computed && property.type === 'Literal' && typeof property.value === 'string'
      ? property.value
      : !computed && property.type === 'Identifier'
        ? property.name
        : undefined;
  if (key === undefined) throw strange(expression);
  if (key === 'length') return { length: [of] };
  const variable = isLogic(of, 'var');
  if (typeof variable !== 'string') throw strange(expression);
  return { var: `${variable}.${key}` };
}

function callOf(expression: Extract<Expression, { type: 'CallExpression' }>, names: Names): Logic {
  const { callee } = expression;
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier' || callee.object.type === 'Super') {
    throw strange(expression);
  }
  const args = expression.arguments.map((argument) => {
    if (argument.type === 'SpreadElement') throw strange(argument);
    return logicOf(argument, names);
  });
  const { name } = callee.property;
  if (name === 'test') return { match: [args[0], patternOf(logicOf(callee.object, names))] };
  const of = logicOf(callee.object, names);
  switch (name) {
    case 'includes':
      return { in: [args[0], of] };
    case 'match':
      return { match: [of, patternOf(args[0])] };
    case 'toUpperCase':
      return { upper: [of] };
    case 'trim':
    case 'toString':
      return of;
    default:
      throw new Untranslatable(`it calls ${name}()`);
  }
}

function patternOf(logic: Logic): string {
  const pattern = typeof logic === 'string' ? logic : isLogic(logic, 'regex');
  if (typeof pattern !== 'string') throw new Untranslatable('it matches something that is not written in it');
  return pattern;
}

/** The operand of an operator, when that is what the expression is. */
export function isLogic(logic: Logic, operator: string): unknown {
  return logic !== null && typeof logic === 'object' && Object.hasOwn(logic, operator)
    ? (logic as Record<string, unknown>)[operator]
    : undefined;
}

function strange(node: Node): Untranslatable {
  return new Untranslatable(`it has a ${node.type} that no expression can say`);
}
