// Measures the functions of a source: each by its own lines, without those of the functions inside it.
import ts from 'typescript';

export interface MeasuredFunction {
  readonly name: string;
  readonly ownLines: number;
}

type FunctionNode = ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction | ts.MethodDeclaration;

const isFunction = (node: ts.Node): node is FunctionNode =>
  ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isArrowFunction(node) || ts.isMethodDeclaration(node);

export function functionsOf(path: string, text: string): readonly MeasuredFunction[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const measured: MeasuredFunction[] = [];
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line;

  /** Lines of the outermost functions below a node. */
  function inner(node: ts.Node): number {
    let lines = 0;
    ts.forEachChild(node, (child) => {
      lines += isFunction(child) ? lineOf(child.end) - lineOf(child.getStart()) : inner(child);
    });
    return lines;
  }

  function visit(node: ts.Node): void {
    if (isFunction(node)) {
      const lines = lineOf(node.end) - lineOf(node.getStart()) + 1;
      measured.push({ name: `${path}:${lineOf(node.getStart()) + 1} ${nameOf(node)}`, ownLines: lines - inner(node) });
    }
    ts.forEachChild(node, visit);
  }
  visit(source);
  return measured;
}

function nameOf(node: FunctionNode): string {
  if (node.name) return node.name.getText();
  return ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent) ? node.parent.name.getText() : 'a function';
}
