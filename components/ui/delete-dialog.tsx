import { Button } from './button';
import { Dialog } from './dialog';

/** Asks before something is deleted, and says what is lost. */
export function DeleteDialog(props: {
  readonly open: boolean;
  readonly title: string;
  readonly description: string | undefined;
  readonly onClose: () => void;
  readonly onDelete: () => void;
}) {
  const { open, title, description, onClose, onDelete } = props;
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="danger"
            onClick={() => {
              onDelete();
              onClose();
            }}
          >
            Delete
          </Button>
        </>
      }
    />
  );
}
