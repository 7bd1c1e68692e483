import type { ReactNode } from "react";
import type { Block } from "../../protocol/notice.ts";
import { Facts } from "./facts.tsx";

/** A table that on a phone sets each row as a list of its own; the roles keep it a table for who listens to it. */
function WideTable(props: { head: readonly string[]; rows: readonly string[][] }): ReactNode {
  const { head, rows } = props;
  return (
    <table className="wide" role="table">
      <thead role="rowgroup">
        <tr role="row">
          {head.map((title, i) => (
            <th scope="col" role="columnheader" key={i}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(([name, ...cells], i) => (
          <tr key={`${i} ${name}`} role="row">
            <th scope="row" role="rowheader">
              {name}
            </th>
            {cells.map((cell, c) => (
              <td
                role="cell"
                data-label={head[c + 1]}
                className={cell === "0" ? "zero" : undefined}
                key={c}
              >
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function BlockView(props: { block: Block }): ReactNode {
  const { block } = props;
  if (block.kind === "facts") return <Facts rows={block.rows} />;
  if (block.kind === "table") return <WideTable head={block.head} rows={block.rows} />;
  if (block.kind === "text") return <p className={block.soft ? "soft small" : ""}>{block.text}</p>;
  return block.level === 2 ? <h2>{block.text}</h2> : <h3>{block.text}</h3>;
}

/** A printed notice on the page: the same words in the same order as on paper (protocol/notice.ts). */
export function Blocks(props: { blocks: readonly Block[] }): ReactNode {
  return (
    <div className="blocks">
      {props.blocks.map((block, i) => (
        <BlockView block={block} key={i} />
      ))}
    </div>
  );
}
